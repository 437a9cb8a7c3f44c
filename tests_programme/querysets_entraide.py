"""What one asks of the threads between teams and those who animate."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

if TYPE_CHECKING:
    from comptes.models import Utilisateur


class EchangeQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Messages of the threads."""

    def sans_reponse(self) -> Self:
        """The last message of each thread, when it is the team's and the thread is still open."""
        plus_tard = self.model.objects.filter(test=OuterRef("test")).filter(
            Q(le__gt=OuterRef("le")) | Q(le=OuterRef("le"), pk__gt=OuterRef("pk"))
        )
        ouverts = Q(test__etat__in=["preparation", "en_cours", "a_evaluer"])
        return self.filter(ouverts, ~Exists(plus_tard), de_l_animation=False)

    def a_repondre_par(self, user: "Utilisateur") -> Self:
        """The waiting ones this person may answer: of the programmes they animate; all for curateur·rices."""
        attendent = self.sans_reponse()
        if user.est_curateur:
            return attendent
        return attendent.filter(test__programme__in=user.programmes_animes.values("pk"))

    def apres(self, le: dt.datetime, pk: int) -> Self:
        """The next ones, longest waiting first, after that one."""
        return self.filter(le__gte=le).exclude(le=le, pk__lte=pk)
