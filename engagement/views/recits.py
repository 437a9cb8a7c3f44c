"""The récit of a dispositif: read by everybody once published, written by its cellule."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.saisie import numero
from engagement import recit as le_recit
from engagement.acces import RequeteConnectee, dispositif_a_lire, dispositif_du_guichet
from engagement.carte import HAUTEUR, LARGEUR, dessiner
from engagement.chiffres import chiffres
from engagement.forms.cloture import RecitForm
from engagement.models import Dispositif
from engagement.perms import tient_le_guichet
from engagement.refus import ActionRefusee

MOTS = 50


@login_not_required
@require_safe
def recit(request: HttpRequest, pk: int) -> HttpResponse:
    """Figures, words, territories. Its cellule sees it before it is published. Nine queries at most."""
    dispositif = dispositif_a_lire(request.user, pk)
    du_guichet = request.user.is_authenticated and tient_le_guichet(request.user, dispositif)
    if not (dispositif.recit_est_public or du_guichet):
        raise Http404
    faits = chiffres(dispositif, lieux=True)
    contexte = {
        "rubrique": "engagement",
        "dispositif": dispositif,
        "du_guichet": du_guichet,
        "faits": faits,
        "mots": le_recit.mots_choisis(dispositif)[:MOTS],
        "formes": dessiner(c for c in faits.departements if c.code),
        "largeur": LARGEUR,
        "hauteur": HAUTEUR,
    }
    return render(request, "engagement/dispositifs/recit.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def ecrire_recit(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Its words, and who is quoted. The cellule alone."""
    dispositif = dispositif_du_guichet(request.user, pk)
    envoyee = request.POST if request.method == "POST" else None
    form = RecitForm(envoyee, instance=Dispositif.objects.get(pk=dispositif.pk))
    if envoyee is not None and form.is_valid():
        dispositif.ecrire_recit(par=request.user, **form.cleaned_data)
        suite = envoyee.get("suite", "")
        if suite == "publier":
            dispositif.publier_recit(par=request.user)
        elif suite == "retirer":
            dispositif.retirer_recit(par=request.user)
        messages.success(request, DIT.get(suite, "Le récit est enregistré."))
        return redirect("engagement:recit", dispositif.pk)
    contexte = {
        "rubrique": "engagement",
        "dispositif": dispositif,
        "form": form,
        "mots": le_recit.mots(dispositif)[:MOTS],
        "faits": chiffres(dispositif),
    }
    statut = 422 if form.errors else 200
    return render(request, "engagement/dispositifs/ecrire_recit.html", contexte, status=statut)


DIT = {
    "publier": "Le récit est publié : tout le monde peut le lire.",
    "retirer": "Le récit n'est plus lu que par la cellule.",
}


@require_POST
def choisir_mot(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Quote a word, or no longer."""
    dispositif = dispositif_du_guichet(request.user, pk)
    try:
        le_recit.choisir(
            dispositif,
            numero(request.POST.get("mot", "")),
            montrer=request.POST.get("montrer") == "oui",
            par=request.user,
        )
    except ActionRefusee as refus:
        messages.error(request, " ".join(refus.obstacles))
    return redirect(f"{reverse('engagement:ecrire_recit', args=[dispositif.pk])}#mots")
