"""The life of a half-day once it is planned: it took place, or not, or it was cancelled and its place is free."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from config.jours import jour_de
from engagement.historique import noter
from engagement.perms import cotes_de
from engagement.refus import ActionRefusee
from engagement.transitions import Qui

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import DemiJournee

EN_COURS = ("en_mission", "retour")


class VieDeLaDemiJournee(models.Model):
    """What DemiJournee is made of. Places are taken and held by engagement/places.py."""

    class Meta:
        abstract = True

    @property
    def gestes(self: "DemiJournee") -> list[tuple[str, str]]:  # type: ignore[misc]
        """What one may say of it today: (value, words)."""
        jour, gestes = jour_de(), []
        if self.etat in (self.Etat.ANNULEE, self.Etat.TENUE):
            return []
        if self.jour <= jour and self.etat != self.Etat.FAITE:
            gestes.append(("faite", "a eu lieu"))
        if self.jour <= jour and self.etat != self.Etat.MANQUEE:
            gestes.append(("manquee", "n'a pas eu lieu"))
        if self.jour >= jour and self.etat == self.Etat.PREVUE:
            gestes.append(("annulee", "annuler"))
        return gestes

    @transaction.atomic
    def dire(  # type: ignore[misc]
        self: "DemiJournee",
        *,
        faite: bool,
        par: "Utilisateur | None" = None,
        cote: Qui | None = None,
        at: dt.datetime | None = None,
    ) -> None:
        """It took place, or did not; may be corrected until the mission is closed.

        Raises PermissionDenied, ActionRefusee.
        """
        self._verrouiller(par, cote)
        if self.etat in (self.Etat.ANNULEE, self.Etat.TENUE):
            raise ActionRefusee("Cette demi-journée n'est plus dans la mission.")
        if self.jour > jour_de(at):
            raise ActionRefusee("Cette demi-journée est à venir : on le dira le jour venu.")
        etat = self.Etat.FAITE if faite else self.Etat.MANQUEE
        if self.etat == etat:
            return
        self.etat = etat
        self.save(update_fields=["etat"])
        self._noter("faire" if faite else "manquer", "faite" if faite else "non faite", par, at)

    @transaction.atomic
    def annuler(  # type: ignore[misc]
        self: "DemiJournee",
        *,
        par: "Utilisateur | None" = None,
        cote: Qui | None = None,
        at: dt.datetime | None = None,
    ) -> None:
        """It will not take place: its place is free, and the others are told.

        Raises PermissionDenied, ActionRefusee.
        """
        from engagement import missions

        self._verrouiller(par, cote)
        if self.etat == self.Etat.ANNULEE:
            return
        if self.etat != self.Etat.PREVUE or self.jour < jour_de(at):
            raise ActionRefusee(
                "Cette demi-journée est passée : dites plutôt si elle a eu lieu ou non."
            )
        self._liberer()
        self._noter("annuler_demi", "annulée", par, at)
        missions.demi_journee_annulee(self, cote=cote or "cellule", at=at)

    def _liberer(self: "DemiJournee") -> None:  # type: ignore[misc]
        """Give the place back; under the lock of the need."""
        self.etat = self.Etat.ANNULEE
        self.save(update_fields=["etat"])

    def _verrouiller(  # type: ignore[misc]
        self: "DemiJournee", par: "Utilisateur | None", cote: Qui | None
    ) -> None:
        mise = self.mise_en_relation
        mise._verrouiller()
        self.refresh_from_db(fields=["etat", "jour", "moment"])
        cotes = {cote} if cote is not None else cotes_de(par, mise)
        if not cotes & {"cellule", "personne"}:
            raise PermissionDenied
        if mise.etat not in EN_COURS:
            dit = str(mise.get_etat_display()).lower()
            raise ActionRefusee(f"Cette mission est « {dit} » : ce n'est plus possible.")

    def _noter(  # type: ignore[misc]
        self: "DemiJournee",
        action: str,
        dit: str,
        par: "Utilisateur | None",
        at: dt.datetime | None,
    ) -> None:
        sujet = f"mise_en_relation:{self.mise_en_relation_id}"
        quand = f"{self.jour:%d/%m/%Y} {self.quelle_moitie}"
        noter(
            self.mise_en_relation.dispositif_id,
            sujet,
            action,
            f"Demi-journée du {quand} {dit}",
            par=par,
            at=at or timezone.now(),
        )
