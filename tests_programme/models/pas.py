"""The steps every transition of a test shares: lock, refuse, set, write the history, plan the reminders."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone

from tests_programme import echeances, points
from tests_programme.manques import Manque, TransitionRefusee
from tests_programme.perms import peut_agir
from tests_programme.transitions import TRANSITIONS

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from tests_programme.models import Test


class PasDeTransition(models.Model):
    """What VieDuTest and ApresLeTest are made of. Inside a transaction."""

    class Meta:
        abstract = True

    def _verrouiller(self: "Test") -> None:  # type: ignore[misc]
        """Lock the row and read it afresh: two porteurs may click at once."""
        type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        self.refresh_from_db()

    def _commencer(  # type: ignore[misc]
        self: "Test",
        action: str,
        par: "Utilisateur",
        *,
        at: dt.datetime | None = None,
        motif: str | None = None,
    ) -> None:
        """Lock, then refuse what the table or the right forbids (``motif`` None: checked elsewhere)."""
        self._verrouiller()
        transition = TRANSITIONS[action]
        if not peut_agir(par, self, transition.qui):
            raise PermissionDenied
        if self.est_recit or self.etat_au(at) not in transition.de:
            dit = self.etat_en_mots(at).lower()
            raise TransitionRefusee(
                action, [Manque(f"Ce test est « {dit} » : ce n'est plus possible.")]
            )
        if transition.motif_requis and motif is not None and not motif.strip():
            raise TransitionRefusee(action, [Manque("Dites pourquoi, en une phrase.", "motif")])

    def _refuser_si(self: "Test", action: str, manques: list[Manque]) -> None:  # type: ignore[misc]
        if manques:
            raise TransitionRefusee(action, manques)

    def _terminer(  # type: ignore[misc]
        self: "Test",
        action: str,
        *,
        par: "Utilisateur | None",
        at: dt.datetime | None = None,
        motif: str = "",
        champs: list[str] | None = None,
        libelle: str = "",
    ) -> None:
        transition = TRANSITIONS[action]
        avant, self.etat = self.etat, transition.vers or self.etat
        self.save(update_fields=["etat", "modifie_le", *(champs or [])])
        self._noter(action, libelle or transition.libelle, par=par, at=at, motif=motif, de=avant)
        echeances.replanifier(self)
        points.replanifier(self, at=at)

    def _noter(  # type: ignore[misc]
        self: "Test",
        action: str,
        libelle: str,
        *,
        par: "Utilisateur | None",
        at: dt.datetime | None = None,
        motif: str = "",
        de: str | None = None,
    ) -> None:
        """Write one line of history."""
        self.journal.create(
            action=action,
            de=self.etat if de is None else de,
            vers=self.etat,
            libelle=libelle,
            motif=motif.strip(),
            par=par,
            le=at or timezone.now(),
        )
