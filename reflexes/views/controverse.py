"""A controverse and a terrain, as the latest published version that holds them says them."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reflexes.models import ControverseFigee, TerrainFige, VersionCartographie
from reflexes.tension import tension
from reflexes.voix import voix

PISTES = 60  # named on the page of a terrain


@login_not_required
@require_safe
def controverse(request: HttpRequest, cle: str, controverse: str) -> HttpResponse:
    """One controverse, its two poles, its terrains."""
    figees = ControverseFigee.objects.publies().filter(
        controverse__enquete__cle=cle, controverse__cle=controverse
    )
    dites = list(
        figees.select_related("version__enquete", "controverse__enquete").order_by("-version__rang")
    )
    if not dites:
        raise Http404
    terrains = dites[0].terrains.select_related("terrain", "controverse__controverse__enquete")
    ordonnes = sorted(terrains, key=lambda t: t.ordre)
    contexte = {
        "rubrique": "cartographie",
        "controverse": dites[0],
        "terrains": ordonnes,
        "tension": tension(dites[0], ordonnes),
        "versions": [dite.version for dite in dites],
        "derniere": _derniere(cle),
        **voix(request, dites[0], ordonnes),
    }
    return render(request, "reflexes/controverse.html", contexte)


@login_not_required
@require_safe
def terrain(request: HttpRequest, cle: str, terrain: str) -> HttpResponse:
    """One terrain, in its latest words, with how the versions before said it."""
    figes = TerrainFige.objects.publies().filter(
        terrain__controverse__enquete__cle=cle, terrain__cle=terrain
    )
    dits = list(
        figes.select_related(
            "version__enquete", "terrain", "controverse__controverse__enquete"
        ).order_by("-version__rang")
    )
    if not dits:
        raise Http404
    contexte = {
        "rubrique": "cartographie",
        "terrain": dits[0],
        "anciens": dits[1:],
        "voisins": sorted(
            dits[0].controverse.terrains.exclude(pk=dits[0].pk).select_related("terrain"),
            key=lambda t: t.ordre,
        ),
        "derniere": _derniere(cle),
        # This room knows no piste: they come through the terrain itself.
        "pistes": dits[0].terrain.pistes.avec_titre()[:PISTES],
        **voix(request, dits[0].controverse, dits[:1]),
    }
    return render(request, "reflexes/terrain.html", contexte)


def _derniere(cle: str) -> VersionCartographie | None:
    """The version the site stands by today. One query."""
    return (
        VersionCartographie.objects.publiees()
        .filter(enquete__cle=cle)
        .select_related("enquete")
        .first()
    )
