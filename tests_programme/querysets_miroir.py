"""The readers of a groupe miroir, and the comments: by state, by reader."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from dateutil.relativedelta import relativedelta
from django.db import models
from django.db.models import Q
from django.utils import timezone

from config.jours import jour_de
from tests_programme.querysets import visibles

if TYPE_CHECKING:
    from comptes.models import Utilisateur

CONSERVATION = relativedelta(months=12)


class LecteurMiroirQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Readers."""

    def actifs(self) -> Self:
        """Those who accepted and were not withdrawn."""
        return self.filter(accepte_le__isnull=False, retire_le=None, utilisateur__is_active=True)

    def presents(self) -> Self:
        """Those invited or reading today."""
        return self.filter(retire_le=None)

    def a_effacer(self, at: dt.datetime | None = None) -> Self:
        """Twelve months after the end of the programme, a withdrawal, or an invitation without answer."""
        limite = (at or timezone.now()) - CONSERVATION
        return self.filter(
            Q(programme__fin__lt=jour_de(limite))
            | Q(retire_le__lt=limite)
            | Q(accepte_le=None, invite_le__lt=limite)
        )


class CommentaireQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Comments."""

    def lisibles_par(self, user: "Utilisateur") -> Self:
        """Of the programme itself, and of the tests this reader may see; the programme's right is asked before."""
        if user.est_curateur or user.est_administrateur:
            return self
        return self.filter(Q(test=None) | visibles(user, "test__"))

    def pour_liste(self) -> Self:
        """Newest first, with the test each speaks of. One query."""
        return self.select_related("test", "programme").order_by("-le", "-pk")
