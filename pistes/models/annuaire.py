"""The annuaire of a territory's actors: an entry is there only while its owner consents.

TABLE RONDE, mission Résonance: the first wish it heard was to know who is who on the territory.
"""

import datetime as dt
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from comptes.models import Organisation, Territoire, Utilisateur
from config.recherche import VecteurFrancais
from pistes import annonces_annuaire
from pistes.delais import CONSERVATION_DU_REFUS
from pistes.models.ecoute import Cahier, TypeActeur, nouveau_jeton
from pistes.querysets_ecoute import FicheActeurQuerySet
from pistes.transitions import TransitionRefusee

SEL = "pistes.annuaire"
# By one organisation, in 24 hours; and requests one address may have waiting: nobody is flooded.
PAR_JOUR = 30
PAR_ADRESSE = 5


def empreinte_de_l_adresse(email: str) -> str:
    """What is kept of an address that said no: enough to know it again, not to write to it."""
    return salted_hmac(SEL, email.strip().lower(), algorithm="sha256").hexdigest()


class FicheActeur(models.Model):
    """An entry of the annuaire of a territory's actors: there only while its owner consents."""

    class Etat(models.TextChoices):
        """Their answer."""

        DEMANDE = "demande", "Accord demandé"
        ACCEPTE = "accepte", "Dans l'annuaire"
        REFUSE = "refuse", "Refusé"
        RETIRE = "retire", "Retiré"

    cahier = models.ForeignKey(
        Cahier,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="fiches",
        verbose_name="cahier",
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="fiches_acteurs", verbose_name="proposée par"
    )
    territoire = models.ForeignKey(
        Territoire, models.PROTECT, related_name="+", verbose_name="territoire"
    )
    type = models.CharField("type d'acteur", max_length=12, choices=TypeActeur.choices)
    nom = models.CharField("nom", max_length=160)
    activite = models.TextField("ce que fait cet acteur", blank=True, max_length=2000)
    contact = models.CharField("comment le joindre", max_length=300, blank=True)
    # Empty, with every other word, once the owner has said no.
    email = models.EmailField("adresse e-mail de la personne qui décide")
    empreinte_adresse = models.CharField(max_length=64, blank=True, editable=False)
    etat = models.CharField(
        "état", max_length=8, choices=Etat.choices, default=Etat.DEMANDE, editable=False
    )
    jeton = models.CharField(max_length=64, unique=True, default=nouveau_jeton, editable=False)
    demande_le = models.DateTimeField("demandé le", default=timezone.now, editable=False)
    repondu_le = models.DateTimeField("répondu le", null=True, blank=True, editable=False)
    recherche = models.GeneratedField(
        expression=VecteurFrancais("nom", "activite"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = FicheActeurQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche d'acteur"
        verbose_name_plural = "annuaire"
        ordering = ["nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "nom", "email"],
                condition=models.Q(etat__in=["demande", "accepte"]),
                name="pistes_fiche_acteur_unique",
                violation_error_message="Cet acteur est déjà dans l'annuaire de ce territoire.",
            )
        ]
        indexes = [
            models.Index(
                fields=["nom", "id"],
                name="pistes_fiche_acteur_annuaire",
                condition=models.Q(etat="accepte"),
            ),
            GinIndex(fields=["recherche"], name="pistes_fiche_acteur_recherche"),
            models.Index(
                fields=["empreinte_adresse"],
                name="pistes_fiche_acteur_refus",
                condition=~models.Q(empreinte_adresse=""),
            ),
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def jeton_signe(self) -> str:
        """The signed token of the owner's personal link."""
        return signing.dumps(self.jeton, salt=SEL)

    @classmethod
    def du_jeton(cls, jeton: str) -> Self | None:
        """The entry a personal link is about; None when it is damaged or forgotten. One query."""
        try:
            lu = signing.loads(jeton, salt=SEL)
        except signing.BadSignature:
            return None
        fiches = cls._default_manager.select_related("organisation", "territoire__departement")
        return fiches.filter(jeton=str(lu)).first()

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
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        if not par.adhesions.actives().filter(organisation=organisation).exists():
            raise PermissionDenied
        fiche = cls(
            organisation=organisation,
            cahier=cahier,
            demande_le=at,
            **{**champs, "email": str(champs["email"]).strip().lower()},
        )
        deja = fiche.semblable()
        if deja is not None and deja.organisation_id == organisation.pk:
            return deja
        if obstacle := fiche._obstacle_a_la_demande(deja, at):
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

    def _obstacle_a_la_demande(self, deja: Self | None, at: dt.datetime) -> str:
        """Why nobody may be asked now, in words; "" when they may."""
        toutes = type(self)._default_manager.all()
        if deja is not None:
            return "Une autre organisation a déjà proposé cet acteur sur ce territoire."
        refus = toutes.filter(
            empreinte_adresse=empreinte_de_l_adresse(self.email),
            repondu_le__gt=at - CONSERVATION_DU_REFUS,
        )
        if refus.exists():
            return (
                "Cette personne a dit non il y a moins de douze mois : on ne le lui redemande pas. "
                "Si elle change d'avis, le lien qu'elle a reçu lui permet de le dire."
            )
        en_attente = toutes.filter(email__iexact=self.email, etat=self.Etat.DEMANDE)
        if en_attente.count() >= PAR_ADRESSE:
            return "Cette adresse a déjà plusieurs demandes sans réponse : attendez ses réponses."
        du_jour = toutes.filter(
            organisation=self.organisation, demande_le__gt=at - dt.timedelta(days=1)
        )
        if du_jour.count() >= PAR_JOUR:
            return (
                f"Votre organisation a déjà proposé {PAR_JOUR} fiches en 24 heures : "
                "gardez votre texte, et proposez celle-ci demain."
            )
        return ""

    @transaction.atomic
    def accepter(self, *, at: dt.datetime | None = None, **corrections: str) -> None:
        """The owner's yes, with their corrections; said again, it corrects. Raises TransitionRefusee."""
        self._verrouiller()
        if self.etat not in {self.Etat.DEMANDE, self.Etat.ACCEPTE}:
            raise TransitionRefusee("accepter", ["Cette fiche est déjà effacée."])
        for nom, valeur in corrections.items():
            setattr(self, nom, valeur)
        if self.semblable() is not None:
            raise TransitionRefusee(
                "accepter", ["Une autre fiche porte déjà ce nom sur ce territoire."]
            )
        self.etat = self.Etat.ACCEPTE
        self.repondu_le = self.repondu_le or at or timezone.now()
        self.save(update_fields=["etat", "repondu_le", *corrections])
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
        type(self)._default_manager.select_for_update(of=("self",)).get(pk=self.pk)
        self.refresh_from_db()
