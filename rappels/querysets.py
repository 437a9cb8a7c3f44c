"""What one asks of the outbox."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone


class MessageQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Messages by state."""

    def a_envoyer(self, at: dt.datetime | None = None) -> Self:
        """Those that are due, and those whose holder died (lease over)."""
        at = at or timezone.now()
        return self.filter(
            Q(etat="prevu", prevu_le__lte=at) | Q(etat="en_envoi", bail_jusqua__lt=at)
        ).order_by("prevu_le", "id")

    def en_attente(self) -> Self:
        """Those that have not left and still may."""
        return self.filter(etat__in=["prevu", "en_envoi"])
