"""The tests past their date without an évaluation."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.saisie import numero
from tests_programme.retards import retards

LONGUEUR = 300


@login_not_required
@require_safe
def en_retard(request: HttpRequest) -> HttpResponse:
    """Each organisation with what it still has to tell, twenty a page, by name."""
    place = _lire(request)
    page, suivante = retards(request.user, apres=place)
    contexte = {
        "rubrique": "tests",
        "retards": page,
        "debut": request.path if place else "",
        "suivante": f"?{urlencode({'apres': suivante[0], 'n': suivante[1]})}" if suivante else "",
    }
    return render(request, "tests_programme/en_retard.html", contexte)


def _lire(request: HttpRequest) -> tuple[str, int] | None:
    """The place the address means; None when it means nothing: one begins again."""
    nom = request.GET.get("apres", "").replace("\x00", "")[:LONGUEUR]
    return (nom, numero(request.GET.get("n", ""))) if nom else None
