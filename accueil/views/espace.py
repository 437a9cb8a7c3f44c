"""``/mon-espace/``: where one lands after signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accueil.attentes import attentes_de
from comptes.models import Utilisateur


@require_safe
def mon_espace(request: HttpRequest) -> HttpResponse:
    """My organisations, what waits for me, my tests by what they ask."""
    assert isinstance(request.user, Utilisateur)
    contexte = {"rubrique": "espace", "attentes": attentes_de(request.user)}
    return render(request, "accueil/mon_espace.html", contexte)
