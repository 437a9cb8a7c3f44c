"""The lineage of a test, as a tree and as a table."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tests_programme.acces import a_lire
from tests_programme.lignee import TESTS_MAXIMUM, lignee_de


@login_not_required
@require_safe
def lignee(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it comes from and what came of it, as far as this reader may see."""
    test = a_lire(request.user, pk)
    contexte = {
        "rubrique": "tests",
        "test": test,
        "arbre": lignee_de(test, request.user),
        "maximum": TESTS_MAXIMUM,
    }
    return render(request, "tests_programme/lignee.html", contexte)
