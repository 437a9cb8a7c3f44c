"""What a reader is shown of a test at an instant: the date rules, not the worker."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models

from config.jours import jour_de
from tests_programme.echeances import dernier_jour, minuit_apres

if TYPE_CHECKING:
    from tests_programme.models import Test

# What a publication could say of a test when it was written; what came after is not known.
RECIT_EN_MOTS = {
    "preparation": "Récit d'un projet",
    "en_cours": "Récit d'un essai",
    "evalue": "Récit évalué",
}


class TempsDuTest(models.Model):
    """Questions about the state and the dates of a Test; ``at`` is an aware instant, now when None."""

    class Meta:
        abstract = True

    def etat_au(self: "Test", at: dt.datetime | None = None) -> str:  # type: ignore[misc]
        """The state a reader is shown at an instant (now when None): the date rules, not the worker."""
        if self.etat == self.Etat.EN_COURS and self.est_perime(at):
            return self.Etat.A_EVALUER
        return self.etat

    def est_perime(self: "Test", at: dt.datetime | None = None) -> bool:  # type: ignore[misc]
        """Whether its date is past (accounts without a date never are)."""
        return self.date_peremption is not None and self.date_peremption < jour_de(at)

    def fin_au(self: "Test", at: dt.datetime | None = None) -> dt.datetime | None:  # type: ignore[misc]
        """When it ended, as a reader is told at an instant: also before a worker has recorded it."""
        if self.termine_le is None and self.etat_au(at) == self.Etat.A_EVALUER:
            return minuit_apres(self.date_peremption)
        return self.termine_le

    @property
    def fin(self: "Test") -> dt.datetime | None:  # type: ignore[misc]
        """``fin_au`` now."""
        return self.fin_au()

    @property
    def fini_le(self: "Test") -> dt.date | None:  # type: ignore[misc]
        """The last Paris day on which it ran; None while it is not over."""
        return dernier_jour(self) if self.fin_au() else None

    def etat_en_mots(self: "Test", at: dt.datetime | None = None) -> str:  # type: ignore[misc]
        """The shown state in words. An account says what it knew, in the past."""
        etat = self.etat_au(at)
        return RECIT_EN_MOTS.get(etat, "") if self.est_recit else str(self.Etat(etat).label)

    @property
    def etat_affiche(self: "Test") -> str:  # type: ignore[misc]
        """``etat_au`` now, for templates; an account that was not over has the state of its own kind."""
        return "recit" if self.est_recit and self.etat != self.Etat.EVALUE else self.etat_au()

    @property
    def etat_libelle(self: "Test") -> str:  # type: ignore[misc]
        """The shown state in words, now."""
        return self.etat_en_mots()

    @property
    def tourne(self: "Test") -> bool:  # type: ignore[misc]
        """Whether it runs right now: what wears the barrier tape."""
        return not self.est_recit and self.etat_au() == self.Etat.EN_COURS

    @property
    def arrete_avant_sa_date(self: "Test") -> bool:  # type: ignore[misc]
        """Whether its team stopped it before its date."""
        if self.termine_le is None or self.date_peremption is None:
            return False
        return self.termine_le < minuit_apres(self.date_peremption)

    @property
    def est_fige(self: "Test") -> bool:  # type: ignore[misc]
        """Whether its texts no longer change: as soon as it has left the preparation."""
        return self.est_recit or self.etat != self.Etat.PREPARATION

    @property
    def jours_restants(self: "Test") -> int | None:  # type: ignore[misc]
        """Days until the last one, 0 on the last day, negative after; None without a date."""
        return None if self.date_peremption is None else (self.date_peremption - jour_de()).days
