"""The caller's page: phone in hand, one sheet at a time, no account."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from config.saisie import numero
from config.telephones import a_composer
from engagement.appels import appelant_du_jeton, fiches_de, plus_tard
from engagement.forms.appels import AppelForm
from engagement.models import FicheAppel, Personne
from engagement.models.vie_fiche import PLUS_LA, AppelDejaNote
from engagement.refus import ActionRefusee
from engagement.views.discretion import discrete


@discrete
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def appeler(request: HttpRequest, jeton: str) -> HttpResponse:
    """The next sheet of this caller; a POST writes down how the call went, then shows the next."""
    appelant = appelant_du_jeton(jeton)
    if appelant is None:
        return render(request, "engagement/appels/lien_inconnu.html", status=404)
    if "rendre" in request.POST:
        return _rendre(request, appelant)
    if request.method == "POST":
        return _noter(request, appelant)
    fiches = fiches_de(appelant)
    fiche = _apres(fiches, numero(request.GET.get("apres", "")))
    return _page(request, appelant, fiches, fiche)


def _noter(request: HttpRequest, appelant: Personne) -> HttpResponse:
    siennes = appelant.fiches_appels.select_related("liste__dispositif")
    fiche = siennes.filter(pk=numero(request.POST.get("fiche", ""))).first()
    if fiche is None or fiche.liste.est_effacee():
        messages.info(request, f"{PLUS_LA} Elle est finie, ou confiée à quelqu'un d'autre.")
        return redirect(request.path)
    form = AppelForm(request.POST, liste=fiche.liste)
    if not form.is_valid():
        return _page(request, appelant, fiches_de(appelant), fiche, form=form, statut=422)
    try:
        fiche.noter_appel(
            form.save(commit=False), vus=numero(request.POST.get("vus", "")), appelant=appelant,
            delicate=form.cleaned_data["delicate"],
        )  # fmt: skip
    except AppelDejaNote:
        messages.info(request, "Cet appel était déjà noté : il n'y est qu'une fois.")
    except ActionRefusee as refus:
        fiches = fiches_de(appelant)
        return _page(request, appelant, fiches, fiche, form=form, statut=409, refus=str(refus))
    else:
        messages.success(request, "C'est noté. Merci.")
    return redirect(request.path)


def _rendre(request: HttpRequest, appelant: Personne) -> HttpResponse:
    """They cannot call any more: what is left goes to others."""
    fiches = fiches_de(appelant)
    nombre = sum(
        liste.reprendre(appelant) for liste in {f.liste_id: f.liste for f in fiches}.values()
    )
    if nombre:
        messages.success(request, f"C'est noté : {nombre} fiches iront à quelqu'un d'autre. Merci.")
    return redirect(request.path)


def _apres(fiches: list[FicheAppel], pk: int) -> FicheAppel | None:
    """The one after this one, the first again at the end."""
    rangs = [fiche.pk for fiche in fiches]
    rang = rangs.index(pk) + 1 if pk in rangs else 0
    return fiches[rang % len(fiches)] if fiches else None


def _page(
    request: HttpRequest,
    appelant: Personne,
    fiches: list[FicheAppel],
    fiche: FicheAppel | None,
    *,
    form: AppelForm | None = None,
    statut: int = 200,
    **autres: Any,
) -> HttpResponse:
    appels = list(fiche.appels.order_by("le")) if fiche else []
    contexte = {
        "appelant": appelant,
        "dispositif": appelant.dispositif,
        "ouvert": appelant.dispositif.est_ouvert(),
        "fiche": fiche,
        "restent": len(fiches),
        "appels": appels,
        "vus": request.POST.get("vus", "") if form is not None else len(appels),
        "form": form or (AppelForm(liste=fiche.liste) if fiche else None),
        "composer": a_composer(fiche.telephone) if fiche else "",
        "plus_tard": plus_tard(appelant),
        **autres,
    }
    return render(request, "engagement/appels/appeler.html", contexte, status=statut)
