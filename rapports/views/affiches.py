"""The sheets of a test, to print: their page, and each of them as PDF. For the team only."""

import logging

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from rapports import affiches as feuilles
from rapports.composition import CompositionImpossible
from rapports.forms import AfficheForm
from tests_programme.acces import RequeteConnectee, a_mener
from tests_programme.models import Test

journal = logging.getLogger(__name__)


@require_safe
def affiches(request: RequeteConnectee, pk: int) -> HttpResponse:
    """What there is to print now, and where to hang it."""
    return _page(request, _du_test(request, pk), AfficheForm())


@require_http_methods(["GET", "HEAD", "POST"])
def affiche(request: RequeteConnectee, pk: int) -> HttpResponse:
    """The « en test » sheet; by POST with the contact that was typed. 409 once the test is over."""
    test = _du_test(request, pk)
    form = AfficheForm(request.POST if request.method == "POST" else {})
    if not form.is_valid():
        return _page(request, test, form, status=422)
    if not feuilles.s_affiche(test):
        return _page(request, test, form, status=409)
    try:
        return _pdf(feuilles.affiche(test, form.cleaned_data["contact"]), f"en-test-{pk}")
    except CompositionImpossible:
        return _en_panne(request, test, form)


@require_safe
def affiche_voix(request: RequeteConnectee, pk: int) -> HttpResponse:
    """The sheet of its questionnaire; 409 when there is none, or when nobody can answer it now."""
    test = _du_test(request, pk)
    questionnaire = feuilles.questionnaire_de(test)
    if questionnaire is None or not questionnaire.est_ouvert:
        return _page(request, test, AfficheForm(), status=409)
    try:
        return _pdf(feuilles.affiche_voix(questionnaire), f"votre-avis-{pk}")
    except CompositionImpossible:
        return _en_panne(request, test, AfficheForm())


def _du_test(request: RequeteConnectee, pk: int) -> Test:
    """A test this person leads; an account from a publication has nothing to hang anywhere."""
    test = a_mener(request.user, pk)
    if test.est_recit:
        raise Http404
    return test


def _pdf(contenu: bytes, nom: str) -> HttpResponse:
    """A download: browsers show no PDF inside pages that forbid plug-ins, as ours do."""
    return HttpResponse(
        contenu,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{nom}.pdf"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def _page(
    request: RequeteConnectee,
    test: Test,
    form: AfficheForm,
    *,
    status: int = 200,
    panne: bool = False,
) -> HttpResponse:
    contexte = {
        "rubrique": "tests",
        "test": test,
        "form": form,
        "s_affiche": feuilles.s_affiche(test),
        "questionnaire": feuilles.questionnaire_de(test),
        "refusee": status == 409,
        "panne": panne,
    }
    return render(request, "rapports/affiches.html", contexte, status=status)


def _en_panne(request: RequeteConnectee, test: Test, form: AfficheForm) -> HttpResponse:
    """The engine's own words are for the log, ours for the reader."""
    journal.exception("poster of test %s", test.pk)
    return _page(request, test, form, status=500, panne=True)
