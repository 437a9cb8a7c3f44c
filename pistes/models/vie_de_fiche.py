"""How an entry of the annuaire is asked for, answered, corrected and forgotten."""

import datetime as dt
from typing import Any, Self

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from comptes.models import Organisation, Territoire, Utilisateur
from pistes import annonces_annuaire
from pistes.models.ecoute import Cahier
from pistes.obstacles_annuaire import SEL, empreinte_de_l_adresse, obstacle_a_la_demande
from pistes.transitions import TransitionRefusee


class VieDeLaFiche(models.Model):
    """Its states change by these methods alone."""

    Etat: Any
    organisation: Any
    organisation_id: int
    territoire: Any
    cahier: Any
    nom: Any
    activite: Any
    contact: Any
    email: Any
    etat: Any
    jeton: Any
    demande_le: Any
    repondu_le: Any
    empreinte_adresse: Any

    class Meta:
        abstract = True

    @property
    def jeton_signe(self) -> str:
        """The signed token of the owner's personal link."""
        return signing.dumps(self.jeton, salt=SEL)

    @classmethod
    def du_jeton(cls, jeton: str) -> Self:
        """The entry a personal link is about. Raises DoesNotExist, damaged or forgotten. One query."""
        try:
            lu = signing.loads(jeton, salt=SEL)
        except signing.BadSignature as erreur:
            raise cls.DoesNotExist from erreur
        fiches = cls._default_manager.select_related("organisation", "territoire__departement")
        return fiches.get(jeton=str(lu))

    @classmethod
    @transaction.atomic
    def proposer(
        cls,
        *,
        par: Utilisateur,
        organisation: Organisation,
        cahier: Cahier | None = None,
        at: dt.datetime | None = None,
        **champs: object,
    ) -> Self:
        """Ask an actor whether they want to be there; the same one, proposed twice, is asked once.

        Raises PermissionDenied, TransitionRefusee.
        """
        at = at or timezone.now()
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        if not par.adhesions.actives().filter(organisation=organisation).exists():
            raise PermissionDenied
        fiche = cls(
            organisation=organisation,
            cahier=cahier,
            demande_le=at,
            **{**champs, "email": str(champs["email"]).strip().lower()},
        )
        fiche._verrouiller_le_territoire()
        deja = fiche.semblable()
        if deja is not None and deja.organisation_id == organisation.pk:
            return deja
        if obstacle := obstacle_a_la_demande(fiche, deja, at):
            raise TransitionRefusee("proposer", [obstacle])
        fiche.save()
        annonces_annuaire.demander(fiche)
        return fiche

    def semblable(self) -> Self | None:
        """Another live entry of the same actor, of the same person, on the same territory. One query."""
        return (
            type(self)
            ._default_manager.filter(
                territoire=self.territoire,
                nom__iexact=self.nom,
                email__iexact=self.email,
                etat__in=[self.Etat.DEMANDE, self.Etat.ACCEPTE],
            )
            .exclude(pk=self.pk)
            .first()
        )

    @transaction.atomic
    def accepter(self, *, at: dt.datetime | None = None, **corrections: str) -> None:
        """The owner's yes, with their corrections; said again, it corrects. Raises TransitionRefusee."""
        self._verrouiller()
        if self.etat not in {self.Etat.DEMANDE, self.Etat.ACCEPTE}:
            raise TransitionRefusee("accepter", ["Cette fiche est déjà effacée."])
        for nom, valeur in corrections.items():
            setattr(self, nom, valeur)
        self._verrouiller_le_territoire()
        if self.semblable() is not None:
            raise TransitionRefusee(
                "accepter", ["Une autre fiche porte déjà ce nom sur ce territoire."]
            )
        self.etat = self.Etat.ACCEPTE
        self.repondu_le = self.repondu_le or at or timezone.now()
        self.save(update_fields=["etat", "repondu_le", *corrections])  # type: ignore[misc]
        annonces_annuaire.ne_plus_demander(self)

    @transaction.atomic
    def refuser(self, *, at: dt.datetime | None = None) -> None:
        """The owner's no, before or after a yes: every word goes at once. Harmless when repeated."""
        self._verrouiller()
        if self.etat not in {self.Etat.DEMANDE, self.Etat.ACCEPTE}:
            return
        avant = self.etat
        self.etat = self.Etat.RETIRE if avant == self.Etat.ACCEPTE else self.Etat.REFUSE
        self.empreinte_adresse = empreinte_de_l_adresse(self.email)
        self.nom = self.activite = self.contact = self.email = ""
        self.cahier, self.repondu_le = None, at or timezone.now()
        self.save()
        annonces_annuaire.ne_plus_demander(self)

    @transaction.atomic
    def oublier(self) -> None:
        """Leave no trace: after this, the person may be asked (again)."""
        annonces_annuaire.ne_plus_demander(self)
        self.delete()

    @transaction.atomic
    def abandonner(self, *, par: Utilisateur) -> None:
        """The organisation takes its proposal back. Raises PermissionDenied; a no is remembered."""
        self._verrouiller()
        if not par.has_perm("pistes.retirer_fiche", self):
            raise PermissionDenied
        if self.etat in {self.Etat.REFUSE, self.Etat.RETIRE}:
            raise TransitionRefusee(
                "abandonner", ["Cette fiche est déjà effacée ; sa trace part d'elle-même."]
            )
        self.oublier()

    def _verrouiller(self) -> None:
        """Raises DoesNotExist when it was erased meanwhile."""
        type(self)._default_manager.select_for_update(of=("self",)).get(pk=self.pk)
        self.refresh_from_db()

    def _verrouiller_le_territoire(self) -> None:
        """Two entries of one territory wait for each other: the second sees that the first is there."""
        Territoire.objects.select_for_update(no_key=True).get(pk=self.territoire.pk)
