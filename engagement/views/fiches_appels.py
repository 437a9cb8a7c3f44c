"""One sheet of a list, for the cellule: each view is kept. An orientation, handed over."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from config.saisie import numero
from config.telephones import a_composer
from engagement.acces import RequeteConnectee
from engagement.acces_appels import fiche_du_guichet
from engagement.forms.appels import AppelForm
from engagement.historique import noter
from engagement.models import Appel, FicheAppel
from engagement.models.vie_fiche import OUVERTES, AppelDejaNote
from engagement.refus import ActionRefusee

DEJA = "Cet appel était déjà noté : il n'y est qu'une fois."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def fiche_appel(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Who, what was said; the cellule may call too, which is how delicate ones are done."""
    fiche = fiche_du_guichet(request.user, pk)
    form = AppelForm(request.POST if request.method == "POST" else None, liste=fiche.liste)
    refus = ""
    if form.is_bound and form.is_valid():
        try:
            fiche.noter_appel(
                form.save(commit=False), vus=numero(request.POST.get("vus", "")), par=request.user,
                delicate=form.cleaned_data["delicate"],
            )  # fmt: skip
        except AppelDejaNote:
            messages.info(request, DEJA)
            return redirect("engagement:fiche_appel", pk)
        except ActionRefusee as raison:
            refus = str(raison)
        else:
            messages.success(request, "L'appel est noté.")
            return redirect(fiche.liste)
    if request.method == "GET":
        _noter_la_vue(request, fiche)
    appels = list(fiche.appels.select_related("appelant").order_by("le"))
    contexte = {
        "dispositif": fiche.liste.dispositif,
        "liste": fiche.liste,
        "fiche": fiche,
        "appels": appels,
        "form": form if fiche.etat in OUVERTES else None,
        "vus": len(appels),
        "composer": a_composer(fiche.telephone),
        "refus": refus,
    }
    statut = 409 if refus else 422 if form.is_bound else 200
    return render(request, "engagement/appels/fiche.html", contexte, status=statut)


@require_POST
def transmettre_appel(request: RequeteConnectee, pk: int) -> HttpResponse:
    """The service was told. Twice is once."""
    appel = get_object_or_404(Appel.objects.select_related("fiche"), pk=pk)
    fiche = fiche_du_guichet(request.user, appel.fiche_id)
    faits = Appel.objects.filter(pk=pk, transmise_le=None).exclude(orientation="")
    if faits.update(transmise_le=timezone.now()):
        _noter(
            fiche, "transmettre", f"Fiche {fiche.numero} transmise : {appel.orientation}", request
        )
        messages.success(request, "C'est noté : le service est prévenu.")
    return redirect(fiche.liste)


def _noter_la_vue(request: RequeteConnectee, fiche: FicheAppel) -> None:
    _noter(fiche, "voir", f"Fiche d'appel {fiche.numero} vue", request)


def _noter(fiche: FicheAppel, action: str, libelle: str, request: RequeteConnectee) -> None:
    sujet = f"fiche_appel:{fiche.pk}"
    noter(fiche.liste.dispositif_id, sujet, action, libelle, par=request.user)
