"""The one extension: asked with a reason, agreed to by everybody, then effective."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tests_programme.acces import RequeteConnectee, a_mener
from tests_programme.accords import etat_des_accords
from tests_programme.forms import ProlongationForm
from tests_programme.manques import TransitionRefusee, limite_de_prolongation
from tests_programme.models import Test
from tests_programme.views.actions import refuser


@require_http_methods(["GET", "HEAD", "POST"])
def prolongation(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Ask for it; once asked, follow the accords."""
    test = a_mener(request.user, pk)
    if not test.tourne:
        return redirect(test)
    form = ProlongationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            test.demander_prolongation(par=request.user, **form.cleaned_data)
            messages.success(
                request,
                "Prolongation demandée : chaque personne reçoit un message pour donner son accord.",
            )
            return redirect("tests_programme:prolongation", test.pk)
        except TransitionRefusee as refus:
            test.refresh_from_db()
            _dire(form, refus)
    return _page(request, test, form)


@require_POST
def prolonger(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Make it effective."""
    test = a_mener(request.user, pk)
    try:
        test.prolonger(par=request.user)
    except TransitionRefusee as refus:
        return refuser(request, test, refus)
    messages.success(request, "Le test est prolongé. La prolongation reste affichée sur sa page.")
    return redirect(test)


def _dire(form: ProlongationForm, refus: TransitionRefusee) -> None:
    for manque in refus.manques:
        form.add_error(manque.etape if manque.etape in form.fields else None, manque.message)


def _page(request: RequeteConnectee, test: Test, form: ProlongationForm) -> HttpResponse:
    demandee = test.prolongations.first()
    assert test.date_peremption is not None
    assert test.demarre_le is not None
    contexte = {
        "limite": limite_de_prolongation(test.date_peremption, test.demarre_le),
        "nombre_parties": test.parties.count(),
        "rubrique": "tests",
        "test": test,
        "form": form,
        "prolongation": demandee,
        "accords": etat_des_accords(test, "prolongation") if demandee else [],
    }
    statut = 422 if request.method == "POST" else 200
    return render(request, "tests_programme/prolongation.html", contexte, status=statut)
