"""The published témoignages of some terrains, as the pages of a controverse and of a terrain show them."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from config import places
from reflexes.models import ControverseFigee, Temoignage, TerrainFige

PAR_PAGE = 10


def voix(
    request: HttpRequest, controverse: ControverseFigee, terrains: Sequence[TerrainFige]
) -> dict[str, Any]:
    """One page of them, latest first, ``?avant=`` a place; poles and terrains in their words. One query."""
    place = places.lire(request.GET.get("avant", ""))
    figes = {t.terrain_id: t for t in terrains}
    trouves: list[Any] = list(
        Temoignage.objects.page_des_terrains(list(figes), place, PAR_PAGE + 1)
    )
    for temoignage in trouves:
        temoignage.fige = figes[temoignage.terrain_id]
        temoignage.pole_a, temoignage.pole_b = controverse.pole_a, controverse.pole_b
    suite = places.suite(trouves, PAR_PAGE, "lu_le")
    return {
        "temoignages": trouves[:PAR_PAGE],
        "suivante": f"?avant={suite}#temoignages" if suite else "",
        "debut": "?#temoignages" if place else "",
        "peut_temoigner": request.user.has_perm(
            "reflexes.participer", controverse.controverse.enquete
        ),
    }
