"""``/mon-compte/jetons/``: the keys one gave to other tools."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from comptes.forms_jetons import JetonForm
from comptes.models import JetonApi, Utilisateur
from comptes.refus import DecisionImpossible


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def jetons(request: HttpRequest) -> HttpResponse:
    """Those one has; a new one is shown once, in the very answer that makes it."""
    assert isinstance(request.user, Utilisateur)
    form, secret, status = JetonForm(request.POST or None), "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _, secret = JetonApi.creer(utilisateur=request.user, **form.cleaned_data)
            except DecisionImpossible as refus:
                form.add_error(None, str(refus))
            else:
                form, status = JetonForm(), 200
    contexte = {
        "rubrique": "espace",
        "form": form,
        "secret": secret,
        "jetons": request.user.jetons_api.all()[:50],
    }
    return render(request, "comptes/jetons.html", contexte, status=status)


@require_POST
def couper_jeton(request: HttpRequest, pk: int) -> HttpResponse:
    """It opens nothing any more."""
    assert isinstance(request.user, Utilisateur)
    jeton = get_object_or_404(request.user.jetons_api, pk=pk)
    jeton.couper()
    messages.success(request, f"Le jeton « {jeton.nom} » est coupé : il n'ouvre plus rien.")
    return redirect("comptes:jetons")
