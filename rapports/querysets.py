"""What one asks of exports."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from comptes.models import Utilisateur


class ExportFaitQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Exports by reader and state."""

    def visible_to(self, user: "Utilisateur | AnonymousUser") -> Self:
        """One's own; all for administrateurs, who see who took what and never the file."""
        if not user.is_authenticated:
            return self.none()
        return self if user.est_administrateur else self.filter(par=user)

    def a_reprendre(self, at: dt.datetime | None = None) -> Self:
        """Those nobody prepares: their bell was lost, or their worker died."""
        at = at or timezone.now()
        perdus = Q(etat="attente", fait_le__lt=at - dt.timedelta(seconds=30))
        return self.filter(perdus | Q(etat="en_cours", bail_jusqua__lt=at))

    def a_effacer(self, at: dt.datetime | None = None) -> Self:
        """Those whose prepared file must go: it has lived its week, or nobody waits for it any more."""
        from rapports.models import VALIDITE

        limite = (at or timezone.now()) - VALIDITE
        return self.filter(
            Q(etat="pret", pret_le__lt=limite)
            | Q(etat__in=["annule", "echoue", "expire"], fait_le__lt=limite, faites__gt=0)
        )
