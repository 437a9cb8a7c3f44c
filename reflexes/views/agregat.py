"""What the autodiagnostics of an enquête say together, and the way to one's own."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from reflexes.agregat import agreger
from reflexes.dessin_autodiagnostic import comparer
from reflexes.models import Enquete, ReponseAutodiagnostic, TerrainFige
from reflexes.models.vie_autodiagnostic import SEUIL


@require_safe
def accueil(request: HttpRequest, cle: str) -> HttpResponse:
    """For which of my organisations? With one alone, straight there."""
    enquete = get_object_or_404(Enquete, cle=cle)
    siennes = list(enquete.organisations.de_membre(request.user))
    if not siennes and request.user.has_perm("reflexes.lire_agregat"):
        return redirect("reflexes:ensemble", cle)
    if not siennes:
        raise PermissionDenied
    if len(siennes) == 1:
        return redirect("reflexes:autodiagnostic", cle, siennes[0].pk)
    contexte = {"rubrique": "cartographie", "enquete": enquete, "organisations": siennes}
    return render(request, "reflexes/autodiagnostic/accueil.html", contexte)


@require_safe
def ensemble(request: HttpRequest, cle: str) -> HttpResponse:
    """What all say together, for who leads the enquête: the same figures, the same threshold."""
    enquete = get_object_or_404(Enquete, cle=cle)
    if not request.user.has_perm("reflexes.lire_agregat"):
        raise PermissionDenied
    return render(
        request,
        "reflexes/autodiagnostic/ensemble.html",
        contexte_de(enquete, terrains_de(enquete), {}),
    )


def terrains_de(enquete: Enquete) -> list[TerrainFige]:
    """The terrains of the version in force, in order. One query."""
    figes = TerrainFige.objects.en_vigueur().filter(version__enquete=enquete)
    return sorted(
        figes.select_related("controverse__controverse__enquete", "terrain"), key=lambda t: t.ordre
    )


def contexte_de(
    enquete: Enquete,
    terrains: Sequence[TerrainFige],
    reponses: Mapping[int, ReponseAutodiagnostic],
) -> dict[str, object]:
    """What the page of the aggregate shows, beside an organisation's own answers. Two queries."""
    agregats = agreger(enquete, [t.terrain_id for t in terrains])
    soumis = enquete.autodiagnostics.filter(soumis_le__isnull=False)
    return {
        "rubrique": "cartographie",
        "enquete": enquete,
        "comparaisons": comparer(terrains, reponses, agregats),
        "seuil": SEUIL,
        **soumis.aggregate(comptes=Count("lot"), attendent=Count("pk") - Count("lot")),
    }
