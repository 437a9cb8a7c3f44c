"""The list of tests, twenty a page, "after this row"."""

import datetime as dt

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tests_programme.filtres import FiltreTests
from tests_programme.models import Test

PAR_PAGE = 20
EPOQUE = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@login_not_required
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """All the tests this reader may see, through the filters of the address."""
    filtre = FiltreTests(request.GET, user=request.user)
    visibles = Test.objects.visible_to(request.user).order_by("-cree_le", "-pk")
    tests = filtre.appliquer(visibles).pour_liste()
    if place := _lire(request.GET.get("apres", "")):
        tests = tests.apres(*place)
    page = list(tests[: PAR_PAGE + 1])
    debut, suite = request.GET.copy(), request.GET.copy()
    debut.pop("apres", None)
    suite["apres"] = _marque(page[PAR_PAGE - 1]) if len(page) > PAR_PAGE else ""
    contexte = {
        "rubrique": "tests",
        "filtre": filtre,
        "tests": page[:PAR_PAGE],
        "suivante": f"?{suite.urlencode()}" if suite["apres"] else "",
        "debut": f"?{debut.urlencode()}" if place else "",
    }
    return render(request, "tests_programme/liste.html", contexte)


def _marque(test: Test) -> str:
    """The place of a row in the list: microseconds since 1970, and its number."""
    return f"{(test.cree_le - EPOQUE) // dt.timedelta(microseconds=1)}-{test.pk}"


def _lire(marque: str) -> tuple[dt.datetime, int] | None:
    """The place a mark means; None when it means nothing: one begins again."""
    instant, _, pk = marque.partition("-")
    try:
        return EPOQUE + dt.timedelta(microseconds=int(instant)), min(int(pk), 2**63 - 1)
    except (ValueError, OverflowError):
        return None
