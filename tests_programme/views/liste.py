"""The list of tests, twenty a page, "after this row"."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.reperes import instant_lu, repere
from tests_programme.filtres import FiltreTests
from tests_programme.models import Test

PAR_PAGE = 20


@login_not_required
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """All the tests this reader may see, through the filters of the address."""
    filtre = FiltreTests(request.GET, user=request.user)
    visibles = Test.objects.visible_to(request.user).order_by("-cree_le", "-pk")
    tests = filtre.appliquer(visibles).pour_liste()
    if place := instant_lu(request.GET.get("apres", "")):
        tests = tests.apres(*place)
    page = list(tests[: PAR_PAGE + 1])
    debut, suite = request.GET.copy(), request.GET.copy()
    debut.pop("apres", None)
    suite["apres"] = (
        repere(page[PAR_PAGE - 1].cree_le, page[PAR_PAGE - 1].pk) if len(page) > PAR_PAGE else ""
    )
    contexte = {
        "rubrique": "tests",
        "filtre": filtre,
        "tests": page[:PAR_PAGE],
        "suivante": f"?{suite.urlencode()}" if suite["apres"] else "",
        "debut": f"?{debut.urlencode()}" if place else "",
    }
    return render(request, "tests_programme/liste.html", contexte)
