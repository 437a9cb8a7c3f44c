"""What one asks of the regular points. A day is a date in Europe/Paris."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from tests_programme.models import PointRegulier


class PointRegulierQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Points, by their day."""

    def passes(self, jour: dt.date) -> Self:
        """Held, or missed, newest first."""
        return self.filter(Q(tenu_le__isnull=False) | Q(prevu_le__lt=jour)).order_by("-prevu_le")

    def a_venir(self, jour: dt.date) -> Self:
        """Planned after that day, the nearest first."""
        return self.filter(tenu_le=None, prevu_le__gt=jour).order_by("prevu_le")

    def attendu(self, jour: dt.date) -> "PointRegulier | None":
        """The last one whose day has come, if nobody held it nor another one since."""
        dernier: PointRegulier | None = (
            self.filter(prevu_le__lte=jour).order_by("-prevu_le").first()
        )
        return dernier if dernier is not None and dernier.tenu_le is None else None
