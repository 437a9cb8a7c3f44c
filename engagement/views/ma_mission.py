"""The mission as each side sees it, by their personal link: half-days, stopping, the bilan. No account."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from engagement import bilans, missions, page_mission
from engagement.forms.mission import BilanForm, InterruptionForm
from engagement.liens import mise_du_jeton
from engagement.models import MiseEnRelation
from engagement.refus import ActionRefusee
from engagement.views.discretion import discrete
from engagement.views.par_lien import inconnu


def _du_jeton(jeton: str) -> tuple[MiseEnRelation, Any] | None:
    """The mission of a link, once it has begun, and whose link it is."""
    trouvee = mise_du_jeton(jeton)
    return trouvee if trouvee is not None and trouvee[0].a_une_mission else None


@discrete
@login_not_required
@require_safe
def ma_mission(request: HttpRequest, jeton: str) -> HttpResponse:
    """The half-days, where the mission stands, and what may be done. GET changes nothing."""
    trouvee = _du_jeton(jeton)
    if trouvee is None:
        return inconnu(request)
    mise, cote = trouvee
    contexte = {
        **page_mission.contexte(mise, cote),
        "jeton": jeton,
        "bilan": mise.bilans.filter(cote=cote).first(),
        "bilan_ouvert": bilans.bilan_ouvert(mise),
    }
    return render(request, "engagement/missions/ma_mission.html", contexte)


@discrete
@login_not_required
@require_POST
def ma_demi_journee(request: HttpRequest, jeton: str, numero: int) -> HttpResponse:
    """The person says that a half-day took place, did not, or will not. The host only reads."""
    trouvee = _du_jeton(jeton)
    if trouvee is None or trouvee[1] != "personne":
        return inconnu(request)
    mise, cote = trouvee
    demi = get_object_or_404(mise.demi_journees, pk=numero)
    try:
        messages.success(request, missions.dire(demi, request.POST.get("geste", ""), cote=cote))
    except ActionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("engagement:ma_mission", jeton)


@discrete
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def arreter_ma_mission(request: HttpRequest, jeton: str) -> HttpResponse:
    """Either side stops, and says why to the cellule alone."""
    trouvee = _du_jeton(jeton)
    if trouvee is None:
        return inconnu(request)
    mise, cote = trouvee
    form = InterruptionForm(request.POST if request.method == "POST" else None)
    statut = 200
    if form.is_bound:
        statut = 422
        if form.is_valid():
            try:
                mise.interrompre(cote=cote, **form.cleaned_data)
                messages.success(
                    request, "C'est noté, la mission s'arrête. La cellule vous remercie."
                )
                return redirect("engagement:ma_mission", jeton)
            except ActionRefusee as refus:
                form.add_error(None, str(refus))
                statut = 409
    contexte = {"mise": mise, "besoin": mise.besoin, "form": form, "cote": cote, "jeton": jeton}
    return render(request, "engagement/missions/interrompre.html", contexte, status=statut)


@discrete
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def bilan_mission(request: HttpRequest, jeton: str) -> HttpResponse:
    """How it went, according to one side."""
    trouvee = _du_jeton(jeton)
    if trouvee is None:
        return inconnu(request)
    mise, cote = trouvee
    ouvert = bilans.bilan_ouvert(mise)
    connu = mise.bilans.filter(cote=cote).first()
    form = BilanForm(request.POST if request.method == "POST" else None, instance=connu)
    statut = 200
    if form.is_bound:
        statut = 422
        if form.is_valid():
            try:
                bilans.dire(mise, cote=cote, valeurs=form.cleaned_data)
                messages.success(request, "Merci, votre réponse est enregistrée.")
                return redirect("engagement:ma_mission", jeton)
            except ActionRefusee as refus:
                form.add_error(None, str(refus))
                statut = 409
    contexte = {
        "mise": mise, "besoin": mise.besoin, "form": form, "cote": cote, "jeton": jeton,
        "ouvert": ouvert, "connu": connu is not None,
    }  # fmt: skip
    return render(request, "engagement/missions/bilan.html", contexte, status=statut)
