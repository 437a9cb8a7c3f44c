"""The personal link of mails: choosing what one receives, without signing in and without a cookie."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from rappels.choix import Rythme, choisir, rythme_de
from rappels.forms import RythmeForm
from rappels.jetons import adresse_du_jeton


# The link itself is the proof: a mail program that posts to it has neither cookie nor token (RFC 8058).
@csrf_exempt
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def choix(request: HttpRequest, jeton: str) -> HttpResponse:
    """Show the four choices; record one by POST. Opening the link changes nothing: scanners open links."""
    adresse = adresse_du_jeton(jeton)
    if adresse is None:
        return render(request, "rappels/choix.html", {"abime": True}, status=404)
    fait = request.method == "POST"
    if request.POST.get("List-Unsubscribe") == "One-Click":
        choisir(adresse, Rythme.AUCUN)
    elif fait:
        form = RythmeForm(request.POST)
        if not form.is_valid():
            return _page(request, adresse, form, statut=422)
        choisir(adresse, form.cleaned_data["rythme"])
    return _page(request, adresse, RythmeForm(initial={"rythme": rythme_de(adresse)}), fait=fait)


def _page(
    request: HttpRequest, adresse: str, form: RythmeForm, *, fait: bool = False, statut: int = 200
) -> HttpResponse:
    rythme = rythme_de(adresse)
    contexte = {
        "adresse": adresse,
        "form": form,
        "fait": fait,
        "plus_rien": rythme == Rythme.AUCUN,
        "rythme": Rythme(rythme).label,
    }
    return render(request, "rappels/choix.html", contexte, status=statut)
