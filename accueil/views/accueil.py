"""The home page. The same for everybody but the call to sign in."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engagement.models import Dispositif
from pistes.models import EditionOrientation
from reflexes.models import ControverseFigee
from tests_programme.models import Enseignement, Test

TESTS = 3
DISPOSITIFS = 3
ENSEIGNEMENTS = 3


@login_not_required
@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    """What it is, what runs now, what was learnt, where to begin. Five queries."""
    controverses = ControverseFigee.objects.en_vigueur().select_related("controverse__enquete")
    ouverts = Dispositif.objects.ouverts().select_related("organisation", "territoire")
    contexte = {
        "controverses": controverses.order_by("-version__enquete__debut", "numero")[:6],
        "tests": Test.objects.publics().en_cours().pour_liste()[:TESTS],
        "enseignements": _un_par_test(),
        "orientations": _orientations(),
        "dispositifs": ouverts.order_by("-en_crise", "-debut", "-pk")[:DISPOSITIFS],
    }
    return render(request, "accueil/accueil.html", contexte)


def _orientations() -> list[dict[str, Any]]:
    publiees = Q(orientation__pistes__editions__etat="publie")
    editions = EditionOrientation.objects.publies().select_related("orientation")
    comptees = editions.annotate(
        nombre=Count("orientation__pistes", filter=publiees, distinct=True)
    ).order_by("orientation__recueil__annee", "orientation__recueil_id", "orientation__numero")
    return [
        {
            "orientation": edition.orientation,
            "get_absolute_url": edition.get_absolute_url(),
            "libelle": f"{edition.titre} ({edition.nombre} piste{'s' * (edition.nombre > 1)})",
        }
        for edition in comptees
    ]


def _un_par_test() -> list[Enseignement]:
    """The latest lessons, each from another test."""
    derniers = Enseignement.objects.publics().recents()[: ENSEIGNEMENTS * 8]
    par_test: dict[int, Enseignement] = {}
    for enseignement in derniers:
        par_test.setdefault(enseignement.test_id, enseignement)
    return list(par_test.values())[:ENSEIGNEMENTS]
