"""The personal page on which an actor, without an account, accepts, corrects, refuses or withdraws."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pistes.delais import CONSERVATION_DU_REFUS, SANS_REPONSE
from pistes.forms_annuaire import CorrectionForm
from pistes.models import FicheActeur
from pistes.transitions import TransitionRefusee


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accord(request: HttpRequest, jeton: str) -> HttpResponse:
    """Show exactly what would be shown. Only a POST answers: mail scanners follow links."""
    try:
        return _discrete(_accord(request, jeton))
    except FicheActeur.DoesNotExist:  # unknown, or erased this very minute
        return _discrete(render(request, "pistes/annuaire/lien_inconnu.html", status=404))


def _accord(request: HttpRequest, jeton: str) -> HttpResponse:
    fiche = FicheActeur.du_jeton(jeton)
    reponse = request.POST.get("reponse", "")
    if reponse == "non":
        fiche.refuser()
        return redirect(request.path)
    if reponse == "oublier" and fiche.etat in {"refuse", "retire"}:
        fiche.oublier()
        return render(request, "pistes/annuaire/oublie.html")
    form = CorrectionForm(request.POST or None, instance=fiche)
    if reponse == "oui" and form.is_valid():
        try:
            FicheActeur.objects.get(pk=fiche.pk).accepter(**form.cleaned_data)
        except TransitionRefusee as refus:
            form.add_error(None, " ".join(refus.obstacles))
        else:
            messages.success(request, "C'est enregistré : voici ce qui est montré.")
            return redirect(request.path)
    contexte = {
        "fiche": FicheActeur.du_jeton(jeton),
        "form": form,
        "jours": SANS_REPONSE.days,
        "mois": CONSERVATION_DU_REFUS.months + 12 * CONSERVATION_DU_REFUS.years,
    }
    statut = 422 if request.method == "POST" else 200
    return render(request, "pistes/annuaire/accord.html", contexte, status=statut)


def _discrete(reponse: HttpResponse) -> HttpResponse:
    """Not for search engines; the address, which is a key, is told to no other site."""
    reponse["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    reponse["Referrer-Policy"] = "same-origin"
    return reponse
