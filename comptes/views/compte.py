"""``/mon-compte/``: what one says of oneself, and leaving."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from comptes.forms import CompteForm, SuppressionForm
from comptes.models import Utilisateur
from comptes.refus import DecisionImpossible
from rappels.choix import choisir, rythme_de
from rappels.forms import RythmeForm


@require_http_methods(["GET", "HEAD", "POST"])
def mon_compte(request: HttpRequest) -> HttpResponse:
    """Name and function; the links to address, password, second factor; one's organisations."""
    assert isinstance(request.user, Utilisateur)
    form = CompteForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Votre compte est à jour.")
        return redirect("comptes:mon_compte")
    request.user.refresh_from_db(
        fields=["nom", "fonction"]
    )  # the page's header keeps the true name
    adhesions = request.user.adhesions.filter(etat__in=["active", "demandee"])
    contexte = {
        "rubrique": "espace",
        "form": form,
        "adhesions": adhesions.select_related("organisation").order_by("organisation__nom"),
        "form_rythme": RythmeForm(initial={"rythme": rythme_de(request.user.email)}),
    }
    return render(request, "comptes/mon_compte.html", contexte)


@require_POST
def choisir_les_rappels(request: HttpRequest) -> HttpResponse:
    """How often one wants to be written to, at the address of the account."""
    assert isinstance(request.user, Utilisateur)
    form = RythmeForm(request.POST)
    if form.is_valid():
        choisir(request.user.email, form.cleaned_data["rythme"])
        messages.success(request, "Votre choix est noté.")
    else:
        messages.error(request, "Choisissez l'une des quatre possibilités : rien n'a été changé.")
    return redirect(f"{reverse('comptes:mon_compte')}#rappels")


@require_http_methods(["GET", "HEAD", "POST"])
def supprimer_compte(request: HttpRequest) -> HttpResponse:
    """Says what goes and what stays, then erases the account for good."""
    assert isinstance(request.user, Utilisateur)
    if request.method == "POST" and not ratelimit.consume(
        request, action="reauthenticate", user=request.user
    ):
        trop_d_essais: HttpResponse = ratelimit.respond_429(request)
        return trop_d_essais
    form = SuppressionForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            request.user.supprimer()
        except DecisionImpossible as refus:
            form.add_error(None, str(refus))
        else:
            logout(request)
            messages.success(request, "Votre compte est supprimé.")
            return redirect("accueil:accueil")
    return render(request, "comptes/supprimer_compte.html", {"rubrique": "espace", "form": form})
