"""Placing a portage d'initiatives in the matrice de l'initiative."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tests_programme.acces import RequeteConnectee, a_mener
from tests_programme.forms.matrice import MatriceForm
from tests_programme.manques import TransitionRefusee
from tests_programme.matrice import matrice as dessiner


@require_http_methods(["GET", "HEAD", "POST"])
def matrice(request: RequeteConnectee, pk: int) -> HttpResponse:
    """The two choices, and the drawing they make."""
    test = a_mener(request.user, pk)
    if not test.porte_une_initiative or test.est_recit:
        raise Http404
    depart = {"engagement": test.degre_engagement, "accompagnement": test.degre_accompagnement}
    envoyee = request.POST if request.method == "POST" else None
    form = MatriceForm(envoyee, initial=depart)
    if envoyee is not None and form.is_valid():
        try:
            test.placer(par=request.user, **form.cleaned_data)
            messages.success(request, "Le test est placé dans la matrice.")
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
        return redirect(test)
    contexte = {"rubrique": "tests", "test": test, "form": form, "matrice": dessiner([test])}
    statut = 422 if envoyee is not None else 200
    return render(request, "tests_programme/matrice.html", contexte, status=statut)
