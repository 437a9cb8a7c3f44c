"""What one asks of the proposals."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from comptes.models import Utilisateur


class PropositionQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Proposals on pistes."""

    def en_attente(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(etat="attend")

    def de(self, user: "Utilisateur") -> Self:
        """Those of one person."""
        return self.filter(auteur=user.pk)

    def pour_liste(self) -> Self:
        """With what a list shows: piste, its public title, who. One query."""
        from pistes.models import EditionPiste

        publiee = EditionPiste.objects.publies().filter(piste=models.OuterRef("piste"))
        return self.select_related("piste", "auteur", "traitee_par").annotate(
            titre_public=models.Subquery(publiee.values("titre")[:1])
        )

    def apres(self, instant: dt.datetime, pk: int) -> Self:
        """Those that came after this one, oldest first."""
        return self.filter(Q(deposee_le__gt=instant) | Q(deposee_le=instant, pk__gt=pk))

    def avant(self, instant: dt.datetime, pk: int) -> Self:
        """Those that came before this one."""
        return self.filter(Q(deposee_le__lt=instant) | Q(deposee_le=instant, pk__lt=pk))
