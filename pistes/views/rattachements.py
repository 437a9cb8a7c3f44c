"""Choosing the terrains a piste answers. For the curation alone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from config.saisie import numero
from pistes.models import EditionPiste, Piste
from pistes.rattachements import RattachementChange, empreinte, rattacher, terrains_en_vigueur
from pistes.views.brouillons import reserve
from reflexes.models import ControverseFigee, TerrainFige

CHANGE = (
    "Une autre personne a changé ces terrains pendant que vous choisissiez. Rien n'est enregistré : "
    "vos cases restent cochées ci-dessous, les siennes sont signalées."
)


@reserve
@require_http_methods(["GET", "HEAD", "POST"])
def terrains(request: HttpRequest, slug: str) -> HttpResponse:
    """Boxes by controverse. Somebody else chose meanwhile: 409, with both choices on the page."""
    piste = get_object_or_404(Piste, slug=slug)
    actuels = set(piste.terrains.values_list("pk", flat=True))
    choisis, statut = actuels, 200
    if request.method == "POST":
        choisis = {numero(valeur) for valeur in request.POST.getlist("terrains")}
        try:
            change = rattacher(piste, choisis, vue=request.POST.get("vue", ""))
        except RattachementChange:
            messages.error(request, CHANGE)
            statut = 409
        else:
            dit = "Les terrains sont enregistrés." if change else "Rien n'a changé."
            messages.success(request, dit)
            return redirect(piste if _est_publiee(piste) else "pistes:brouillons")
    contexte = {
        "rubrique": "pistes",
        "piste": piste,
        "titre": _titre(piste),
        "groupes": _par_controverse(terrains_en_vigueur()),
        "choisis": choisis,
        "ailleurs": actuels if statut == 409 else set(),
        "vue": empreinte(actuels),
    }
    return render(request, "pistes/terrains.html", contexte, status=statut)


def _est_publiee(piste: Piste) -> bool:
    return EditionPiste.objects.publies().filter(piste=piste).exists()


def _titre(piste: Piste) -> str:
    """The public title, else the latest one."""
    editions = EditionPiste.objects.filter(piste=piste).order_by("-numero")
    edition = editions.publies().first() or editions.first()
    return edition.titre if edition else piste.cle


def _par_controverse(figes: list[TerrainFige]) -> list[tuple[ControverseFigee, list[Any]]]:
    groupes: dict[int, tuple[ControverseFigee, list[Any]]] = {}
    for fige in figes:
        groupes.setdefault(fige.controverse_id, (fige.controverse, []))[1].append(fige)
    return list(groupes.values())
