"""Dispositifs as lists show them, those that wait to be closed, and who keeps their desk."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from config.jours import jour_de

if TYPE_CHECKING:
    from comptes.models import Territoire

# What a territory contains, and what contains it.
PARENTS = ("epci", "departement", "region")


class ListeDeDispositifs(models.QuerySet):  # type: ignore[type-arg]
    """What DispositifQuerySet is made of."""

    def a_clore(self, at: dt.datetime | None = None) -> Self:
        """Past their last day and not closed (agrees with ``Dispositif.est_a_clore``)."""
        return self.filter(etat="ouvert", fin__lt=jour_de(at))

    def en_cloture(self) -> Self:
        """Closed, and not everybody has been told yet."""
        return self.filter(etat="clos", cloture_achevee_le=None)

    def finis(self, at: dt.datetime | None = None) -> Self:
        """Those that take nothing any more: closed, or past their last day."""
        return self.filter(Q(etat="clos") | Q(etat="ouvert", fin__lt=jour_de(at)))

    def sur(self, territoires: "list[Territoire]") -> Self:
        """Those of these territories, of what contains them and of what they contain."""
        siens = {t.pk for t in territoires}
        autour = {getattr(t, f"{p}_id") for t in territoires for p in PARENTS} - {None}
        dedans = Q()
        for parent in PARENTS:
            dedans |= Q(**{f"territoire__{parent}__in": siens})
        return self.filter(Q(territoire__in=siens | autour) | dedans)

    def apres(self, debut: dt.date, pk: int) -> Self:
        """Those that come after this row, the latest first."""
        return self.filter(Q(debut__lt=debut) | Q(debut=debut, pk__lt=pk))


class MediationQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Places in a cellule."""

    def actives(self) -> Self:
        """Those that give rights today."""
        return self.filter(jusqu_au=None, utilisateur__is_active=True)
