"""What a test says of the controverses: it shifts the weight shown on the cartographie."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tests_programme.acces import RequeteConnectee, a_mener
from tests_programme.forms.appuis import AppuisForm


@require_http_methods(["GET", "HEAD", "POST"])
def appuis(request: RequeteConnectee, pk: int) -> HttpResponse:
    """One choice a terrain, for the team of a test that has ended."""
    test = a_mener(request.user, pk)
    if test.est_recit or test.etat_au() not in {"a_evaluer", "evalue"}:
        raise Http404
    envoyee = request.POST if request.method == "POST" else None
    form = AppuisForm(envoyee, test=test)
    if envoyee is not None and form.is_valid():
        form.enregistrer()
        messages.success(request, "C'est noté. Le poids des controverses en tient compte.")
        return redirect(test)
    contexte = {"rubrique": "tests", "test": test, "form": form}
    statut = 422 if envoyee is not None else 200
    return render(request, "tests_programme/appuis.html", contexte, status=statut)
