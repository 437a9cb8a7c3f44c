"""The lessons of all tests, whatever their programme: twenty a page, "after this row"."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.saisie import numero
from tests_programme.filtres_enseignements import FiltreEnseignements
from tests_programme.models import Enseignement

PAR_PAGE = 20


@login_not_required
@require_safe
def enseignements(request: HttpRequest) -> HttpResponse:
    """The published lessons this reader may see, through the filters of the address."""
    filtre = FiltreEnseignements(request.GET)
    lecons = filtre.appliquer(Enseignement.objects.visible_to(request.user)).pour_liste()
    place = numero(request.GET.get("apres", ""))
    if place:
        lecons = lecons.filter(pk__lt=place)
    page = list(lecons[: PAR_PAGE + 1])
    debut, suite = request.GET.copy(), request.GET.copy()
    debut.pop("apres", None)
    suite["apres"] = str(page[PAR_PAGE - 1].pk) if len(page) > PAR_PAGE else ""
    contexte = {
        "rubrique": "tests",
        "filtre": filtre,
        "enseignements": page[:PAR_PAGE],
        "suivante": f"?{suite.urlencode()}" if suite["apres"] else "",
        "debut": f"?{debut.urlencode()}" if place else "",
    }
    return render(request, "tests_programme/enseignements.html", contexte)
