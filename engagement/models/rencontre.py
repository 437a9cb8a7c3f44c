"""The meeting of both sides: fixed, moved, cancelled, and what was said there (DOMAIN: « a meeting before »)."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from engagement import annonces
from engagement.models.pas import PasDeMiseEnRelation
from engagement.refus import ActionRefusee

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import MiseEnRelation


class RencontreDeLaMise(PasDeMiseEnRelation):
    """What VieDeLaMiseEnRelation is made of."""

    class Meta:
        abstract = True

    @transaction.atomic
    def fixer_rencontre(  # type: ignore[misc]
        self: "MiseEnRelation",
        *,
        par: "Utilisateur",
        le: dt.datetime,
        lieu: str,
        at: dt.datetime | None = None,
    ) -> None:
        """An instant to come and a place; both sides get them for their calendar. Again: it is moved.

        Raises PermissionDenied, ActionRefusee.
        """
        self._commencer("fixer_rencontre", par=par)
        maintenant = at or timezone.now()
        obstacles = []
        if le <= maintenant:
            obstacles.append("Cette heure est déjà passée : choisissez un jour à venir.")
        if not lieu.strip():
            obstacles.append("Dites où l'on se retrouve.")
        if obstacles:
            raise ActionRefusee(*obstacles)
        if (self.rencontre_le, self.rencontre_lieu) == (le, lieu.strip()):
            return  # a second click says the same thing
        deplacee = self.rencontre_le is not None and self.rencontre_le > maintenant
        self.rencontre_le, self.rencontre_lieu = le, lieu.strip()
        self._terminer(
            "fixer_rencontre",
            par=par,
            at=at,
            champs=["rencontre_le", "rencontre_lieu"],
            libelle="Rencontre déplacée" if deplacee else "",
            attend="cellule",
        )
        annonces.rencontre_fixee(self)

    @transaction.atomic
    def annuler_rencontre(  # type: ignore[misc]
        self: "MiseEnRelation", *, par: "Utilisateur", at: dt.datetime | None = None
    ) -> None:
        """Take it out of both calendars. Raises PermissionDenied, ActionRefusee."""
        self._commencer("annuler_rencontre", par=par)
        if self.rencontre_le is None or self.rencontre_le <= (at or timezone.now()):
            raise ActionRefusee("Aucune rencontre à venir n'est fixée.")
        le, lieu = self.rencontre_le, self.rencontre_lieu
        self.rencontre_le, self.rencontre_lieu = None, ""
        self._terminer(
            "annuler_rencontre", par=par, at=at, champs=["rencontre_le", "rencontre_lieu"]
        )
        annonces.rencontre_annulee(self, le, lieu)

    @transaction.atomic
    def noter_rencontre(  # type: ignore[misc]
        self: "MiseEnRelation",
        *,
        par: "Utilisateur",
        notes: str = "",
        at: dt.datetime | None = None,
    ) -> None:
        """It took place; without a meeting whose hour has come, ``notes`` say what was done instead.

        The lettre de mission is begun from the need, for the cellule to finish. Raises PermissionDenied,
        ActionRefusee.
        """
        from engagement.lettre import preparer

        self._commencer("noter_rencontre", par=par)
        passee = self.rencontre_le is not None and self.rencontre_le <= (at or timezone.now())
        if not passee and not notes.strip():
            raise ActionRefusee(
                "La rencontre n'a pas encore eu lieu. Si vous vous êtes parlé autrement, dites comment."
            )
        self.rencontre_notes = notes.strip()
        champs = ["rencontre_notes", *preparer(self, at)]
        self._terminer("noter_rencontre", par=par, at=at, champs=champs, attend="cellule")
