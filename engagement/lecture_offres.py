"""Offers that arrived: somebody of the cellule has read them."""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from engagement.historique import noter
from engagement.models import Offre
from engagement.perms import tient_le_guichet

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Dispositif

UNE_PAR_UNE = 20


@transaction.atomic
def regarder(
    dispositif: "Dispositif",
    *,
    par: "Utilisateur",
    cles: Collection[int] | None = None,
    jusqua: dt.datetime | None = None,
    at: dt.datetime | None = None,
) -> int:
    """Say that these offers were read, or all those arrived by an instant; return how many were not yet.

    Raises PermissionDenied.
    """
    if not tient_le_guichet(par, dispositif):
        raise PermissionDenied
    at = at or timezone.now()
    arrivees = Offre.objects.filter(dispositif=dispositif).a_regarder(at)
    arrivees = arrivees.filter(pk__in=cles) if cles is not None else arrivees
    arrivees = arrivees.filter(cree_le__lte=jusqua) if jusqua is not None else arrivees
    regardees = list(
        arrivees.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True)
    )
    Offre.objects.filter(pk__in=regardees).update(regardee_le=at)
    if len(regardees) <= UNE_PAR_UNE:
        for pk in regardees:
            noter(dispositif.pk, f"offre:{pk}", "regarder", "Offre regardée", par=par, at=at)
    else:
        libelle = f"{len(regardees)} offres regardées"
        noter(dispositif.pk, f"dispositif:{dispositif.pk}", "regarder", libelle, par=par, at=at)
    return len(regardees)
