"""The cellule's page of a mission: half-days, follow-up, return."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from engagement import missions, page_mission, retours, suivi
from engagement.acces import RequeteConnectee, mise_en_relation_du_guichet
from engagement.forms.mission import InterruptionForm, PointForm, ProchainPointForm, RetourForm
from engagement.models import MiseEnRelation, PointSuivi
from engagement.refus import ActionRefusee


def mission_du_guichet(request: RequeteConnectee, pk: int) -> MiseEnRelation:
    """A mise en relation whose mission has begun. Raises Http404."""
    mise = mise_en_relation_du_guichet(request.user, pk)
    if not mise.a_une_mission:
        raise Http404
    return mise


@require_safe
def mission(request: RequeteConnectee, pk: int) -> HttpResponse:
    """All of it on one page."""
    return page(request, mission_du_guichet(request, pk))


@require_POST
def demi_journee(request: RequeteConnectee, pk: int, numero: int) -> HttpResponse:
    """One half-day took place, did not, or is cancelled."""
    mise = mission_du_guichet(request, pk)
    demi = get_object_or_404(mise.demi_journees, pk=numero)
    try:
        dit = missions.dire(demi, request.POST.get("geste", ""), par=request.user)
        messages.success(request, dit)
    except ActionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("engagement:mission", pk)


@require_POST
def point_de_suivi(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Tell a point, planned (``point``) or not."""
    mise = mission_du_guichet(request, pk)
    form = PointForm(request.POST)
    if not form.is_valid():
        return page(request, mise, 422, point_form=form)
    try:
        suivi.noter_point(
            mise, par=request.user, point=_point(mise, request.POST.get("point", "")), **form.cleaned_data
        )  # fmt: skip
    except ActionRefusee as refus:
        messages.error(request, str(refus))
        return page(request, mise, 409, point_form=form)
    messages.success(request, "Point de suivi noté.")
    return redirect("engagement:mission", pk)


@require_POST
def prochain_point(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Plan one more point."""
    mise = mission_du_guichet(request, pk)
    form = ProchainPointForm(request.POST)
    if not form.is_valid():
        return page(request, mise, 422, prochain_form=form)
    try:
        suivi.prevoir_point(mise, jour=form.cleaned_data["prevu_le"], par=request.user)
    except ActionRefusee as refus:
        form.add_error("prevu_le", str(refus))
        return page(request, mise, 409, prochain_form=form)
    messages.success(request, "Point prévu.")
    return redirect("engagement:mission", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def interrompre_mission(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Stop before the end."""
    mise = mission_du_guichet(request, pk)
    form = InterruptionForm(request.POST if request.method == "POST" else None)
    statut = 200
    if form.is_bound:
        statut = 422
        if form.is_valid():
            try:
                mise.interrompre(par=request.user, cote="cellule", **form.cleaned_data)
                messages.success(request, "La mission est interrompue. Les autres sont prévenu·es.")
                return redirect("engagement:mission", pk)
            except ActionRefusee as refus:
                form.add_error(None, str(refus))
                statut = 409
    contexte = {"mise": mise, "besoin": mise.besoin, "form": form, "cote": "cellule"}
    return render(request, "engagement/missions/interrompre.html", contexte, status=statut)


@require_http_methods(["GET", "HEAD", "POST"])
def retour_mission(request: RequeteConnectee, pk: int) -> HttpResponse:
    """The talk of return, and what was learnt."""
    mise = mission_du_guichet(request, pk)
    envoyee = request.POST if request.method == "POST" else None
    form = RetourForm(envoyee, instance=retours.retour_de(mise))
    statut = 200
    if form.is_bound:
        statut = 422
        if form.is_valid():
            try:
                retours.noter_retour(mise, par=request.user, **form.cleaned_data)
                messages.success(request, "Retour noté.")
                return redirect("engagement:mission", pk)
            except ActionRefusee as refus:
                form.add_error(None, str(refus))
                statut = 409
    contexte = {"mise": mise, "besoin": mise.besoin, "form": form}
    return render(request, "engagement/missions/retour.html", contexte, status=statut)


@require_POST
def finir_mission(request: RequeteConnectee, pk: int) -> HttpResponse:
    """``geste``: bring to its return before its date, or close."""
    mise = mission_du_guichet(request, pk)
    try:
        if request.POST.get("geste") == "revenir":
            mise.revenir(par=request.user)
            messages.success(request, "La mission est finie : son retour commence.")
        else:
            mise.clore(par=request.user)
            messages.success(request, "La mission est close. Les remerciements partent.")
    except ActionRefusee as refus:
        for obstacle in refus.obstacles:
            messages.error(request, obstacle)
    return redirect("engagement:mission", pk)


def _point(mise: MiseEnRelation, numero: str) -> PointSuivi | None:
    """The planned point that is told; none: it was not planned."""
    if not numero.isascii() or not numero.isdecimal():
        return None
    return get_object_or_404(mise.points, pk=min(int(numero), 2**63 - 1))


def page(
    request: RequeteConnectee, mise: MiseEnRelation, status: int = 200, **formulaires: Any
) -> HttpResponse:
    """Some fifteen queries, however long it lasts."""
    points = list(mise.points.select_related("par"))
    contexte = {
        **page_mission.contexte(mise, "cellule"),
        "points": [p for p in points if p.fait_le],
        "attendus": [p for p in points if not p.fait_le],
        "retour": retours.retour_de(mise),
        "bilans": list(mise.bilans.all()),
        "point_form": PointForm(),
        "prochain_form": ProchainPointForm(),
        **formulaires,
    }
    return render(request, "engagement/missions/mission.html", contexte, status=status)
