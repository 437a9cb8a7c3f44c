"""What a person does with their own presence at the desk: say that it is them, rest, be away, be forgotten."""

import datetime as dt
import secrets
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone

from engagement.historique import noter
from engagement.refus import ActionRefusee
from rappels import boite

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Absence, Personne

ABSENCES = 20
OBJET_DEHORS = (
    "Un objet prêté n'est pas encore revenu : il faut pouvoir vous joindre jusque-là. Dès son retour, tout "
    "s'efface."
)


class VieDeLaPersonne(models.Model):
    """What Personne is made of."""

    class Meta:
        abstract = True

    @transaction.atomic
    def confirmer(self: "Personne", *, at: dt.datetime | None = None) -> None:  # type: ignore[misc]
        """They opened the link we sent to their address: it is theirs, and so is the account of this address."""
        from comptes.models import Utilisateur

        self._relire()
        if self.confirmee_le is not None:
            return
        self.confirmee_le = at or timezone.now()
        if self.utilisateur is None:
            comptes = Utilisateur.objects.filter(email__iexact=self.email, is_active=True)
            self.utilisateur = comptes.first()
        self.save(update_fields=["confirmee_le", "utilisateur"])
        self._noter("confirmer", "Adresse confirmée", None, at)

    @transaction.atomic
    def mettre_en_pause(  # type: ignore[misc]
        self: "Personne", *, par: "Utilisateur | None" = None, at: dt.datetime | None = None
    ) -> None:
        """Nothing is proposed to them until they say so. Said twice, it is once."""
        self._relire()
        if self.en_pause_depuis is None:
            self.en_pause_depuis = at or timezone.now()
            self.save(update_fields=["en_pause_depuis"])
            self._noter("mettre_en_pause", "En pause", par, at)

    @transaction.atomic
    def reprendre(  # type: ignore[misc]
        self: "Personne", *, par: "Utilisateur | None" = None, at: dt.datetime | None = None
    ) -> None:
        """They may be asked again."""
        self._relire()
        if self.en_pause_depuis is not None:
            self.en_pause_depuis = None
            self.save(update_fields=["en_pause_depuis"])
            self._noter("reprendre", "De retour après une pause", par, at)

    @transaction.atomic
    def s_absenter(  # type: ignore[misc]
        self: "Personne",
        debut: dt.date,
        fin: dt.date,
        *,
        par: "Utilisateur | None" = None,
        at: dt.datetime | None = None,
    ) -> "Absence":
        """Days on which nothing is proposed. The same ones twice are one. Raises ActionRefusee."""
        self._relire()
        if self.absences.count() >= ABSENCES:
            raise ActionRefusee(
                f"{ABSENCES} absences sont déjà notées : retirez celles qui sont passées."
            )
        absence, nouvelle = self.absences.get_or_create(debut=debut, fin=fin)
        if nouvelle:
            self._noter("s_absenter", f"Absence, {absence}", par, at)
        return absence

    @transaction.atomic
    def corriger(  # type: ignore[misc]
        self: "Personne",
        champs: dict[str, Any],
        *,
        par: "Utilisateur | None" = None,
        at: dt.datetime | None = None,
    ) -> None:
        """Say it better. A new address is to confirm, unless the cellule was told it. Words only in the row."""
        self._relire()
        change = champs.get("email", self.email) != self.email
        for nom, valeur in champs.items():
            setattr(self, nom, valeur)
        if change:
            # The half-days keep the key they were given; the next ones follow the address.
            self.confirmee_le = (at or timezone.now()) if par and self.email else None
        self.save(update_fields=[*champs, "confirmee_le"])
        if change and self.email and not par:
            self._demander_confirmation()
        self._noter("corriger", "Coordonnées corrigées", par, at)

    def obstacles_a_l_effacement(self: "Personne") -> list[str]:  # type: ignore[misc]
        """Why it is too soon to forget them, in words. One query."""
        from engagement.models import Pret

        sorties = Pret.objects.filter(etat=Pret.Etat.SORTI).filter(
            models.Q(offre__personne=self) | models.Q(mise_en_relation__besoin__demandeur=self)
        )
        return [OBJET_DEHORS] if sorties.exists() else []

    @transaction.atomic
    def effacer(  # type: ignore[misc]
        self: "Personne", *, par: "Utilisateur | None" = None, at: dt.datetime | None = None
    ) -> None:
        """Forget who they are, for good; what was given stays as figures. Raises ActionRefusee.

        What waits for them is declined first: each locks its need before its person, as everywhere else.
        """
        from engagement import effacement

        if obstacles := self.obstacles_a_l_effacement():
            raise ActionRefusee(*obstacles)
        effacement.se_retirer_de_tout(self, par=par, at=at)
        self._relire()
        if self.effacee_le is not None:
            return
        effacement.vider(self)
        for champ in effacement.CHAMPS_D_UNE_PERSONNE:
            setattr(self, champ, "")
        self.organisation = self.utilisateur = self.derniere_sollicitation_le = None
        self.effacee_le = at or timezone.now()
        # Nobody can tell any more that it was the person of that address.
        self.cle = secrets.randbits(62)
        self.save()
        effacement.renouveler_la_cle(self)
        self._noter("effacer", "Personne effacée", par, at)

    def _demander_confirmation(self: "Personne") -> None:  # type: ignore[misc]
        """A mail to the address they typed: until its link is opened, none other leaves to it."""
        boite.planifier(
            genre="adresse_a_confirmer",
            sujet=f"personne:{self.pk}",
            destinataire=self.email,
            cle=f"adresse_a_confirmer:personne:{self.pk}:{self.email}",
        )

    def _relire(self: "Personne") -> None:  # type: ignore[misc]
        """Lock this row and read it afresh."""
        type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        self.refresh_from_db()

    def _noter(  # type: ignore[misc]
        self: "Personne",
        action: str,
        libelle: str,
        par: "Utilisateur | None",
        at: dt.datetime | None,
    ) -> None:
        noter(self.dispositif_id, f"personne:{self.pk}", action, libelle, par=par, at=at)
