"""What one asks of the outbox."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone


class MessageQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Messages by state."""

    def dus(self, at: dt.datetime | None = None) -> Self:
        """Those that should leave now, oldest first."""
        at = at or timezone.now()
        return self.filter(etat="prevu", a_partir_de__lte=at).order_by("a_partir_de", "id")

    def abandonnes_en_route(self, at: dt.datetime | None = None) -> Self:
        """Those whose holder died: still being sent, their lease over."""
        return self.filter(etat="en_envoi", bail_jusqua__lt=at or timezone.now())

    def en_attente(self) -> Self:
        """Those that have not left and still may."""
        return self.filter(etat__in=["prevu", "en_envoi"])

    def annulables(self) -> Self:
        """Those that may still be stopped: waiting, being sent, or waiting inside a digest."""
        return self.filter(etat__in=["prevu", "en_envoi", "rassemble"])

    def partis_avant(self, at: dt.datetime) -> Self:
        """Those whose story ended before an instant and whose address is still there.

        One still inside a digest a year later: that digest failed, and is forgotten too.
        """
        finis = self.filter(etat__in=["envoye", "annule", "echoue", "rassemble"]).exclude(
            destinataire=""
        )
        return finis.alias(fin=Coalesce("envoye_le", "a_partir_de")).filter(fin__lt=at)
