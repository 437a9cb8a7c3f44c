"""``/recherche/``: one box for the whole site."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accueil.recherche import chercher

LONGUEUR = 200


@login_not_required
@require_safe
def recherche(request: HttpRequest) -> HttpResponse:
    """What answers ``?q=``, by kind. A visitor is shown public things alone."""
    saisie = request.GET.get("q", "").replace("\x00", "").strip()[:LONGUEUR]
    groupes = chercher(saisie, request.user)
    contexte = {
        "saisie": saisie,
        "groupes": groupes,
        "nombre": sum(len(groupe.resultats) for groupe in groupes),
    }
    return render(request, "accueil/recherche.html", contexte)
