"""A need by its link, without an account: to say that it is ours, to see where it stands, to take it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from engagement.confirmation_besoin import besoin_a_confirmer, besoin_suivi
from engagement.refus import ActionRefusee
from engagement.suivi_besoin import suivi_de
from engagement.views.discretion import discrete

REPRIS = "La personne qui demandait n'en a plus besoin."


@discrete
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirmer_besoin(request: HttpRequest, jeton: str) -> HttpResponse:
    """Only a POST confirms: mail scanners follow links."""
    besoin = besoin_a_confirmer(jeton)
    if besoin is None:
        return render(request, "engagement/besoins/lien_inconnu.html", status=404)
    if besoin.etat != besoin.Etat.A_CONFIRMER:
        return redirect("engagement:suivre_besoin", besoin.jeton)
    refus = ""
    if request.method == "POST":
        try:
            besoin.confirmer()
        except ActionRefusee as raison:
            refus = str(raison)
        else:
            messages.success(request, "Merci. La cellule va lire votre besoin.")
            return redirect("engagement:suivre_besoin", besoin.jeton)
    contexte = {"besoin": besoin, "dispositif": besoin.dispositif, "refus": refus}
    statut = 409 if refus else 200
    return render(request, "engagement/besoins/confirmer.html", contexte, status=statut)


@discrete
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def suivre_besoin(request: HttpRequest, jeton: str) -> HttpResponse:
    """Where it stands; a POST says that it is not needed any more."""
    besoin = besoin_suivi(jeton)
    if besoin is None:
        return render(request, "engagement/besoins/lien_inconnu.html", status=404)
    if request.method == "POST":
        motif = request.POST.get("motif", "").replace("\x00", "").strip()[:2_000]
        if besoin.clore(motif=motif or REPRIS):
            messages.success(request, "C'est noté : nous ne cherchons plus personne.")
        return redirect(request.path)
    contexte = {
        "besoin": besoin,
        "dispositif": besoin.dispositif,
        **suivi_de(besoin),
    }
    return render(request, "engagement/besoins/suivi.html", contexte)
