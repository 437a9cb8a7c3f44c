"""Six months after a pérennisation: whether it still stands."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tests_programme.acces import RequeteConnectee, a_mener
from tests_programme.forms.apres import PerenniteForm
from tests_programme.manques import TransitionRefusee
from tests_programme.views.actions import refuser


@require_http_methods(["GET", "HEAD", "POST"])
def perennite(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Yes or no, and a few words; said again later, the latest answer is shown."""
    test = a_mener(request.user, pk)
    evaluation = getattr(test, "evaluation", None)
    dure = test.etat == "evalue" and evaluation is not None and evaluation.suites == "perenniser"
    if request.method != "POST" and (test.est_recit or not dure):
        messages.error(request, "Ce test ne devait pas durer : il n'y a rien à confirmer.")
        return redirect(test)
    form = PerenniteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            test.dire_perennite(par=request.user, **form.reponse)
        except TransitionRefusee as refus:
            return refuser(request, test, refus)
        messages.success(request, "Merci. Votre réponse est affichée sur la page du test.")
        return redirect(test)
    contexte = {"rubrique": "tests", "test": test, "evaluation": evaluation, "form": form}
    statut = 422 if request.method == "POST" else 200
    return render(request, "tests_programme/perennite.html", contexte, status=statut)
