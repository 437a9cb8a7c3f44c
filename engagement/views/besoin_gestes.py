"""What the cellule does to a need: complete and open it, set it aside, close it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from engagement.acces import RequeteConnectee, besoin_du_guichet
from engagement.forms.besoin import BesoinForm
from engagement.forms.demande import MotifForm
from engagement.forms.quand import QuandForm
from engagement.manques_besoin import manques_pour_ouvrir
from engagement.models import Besoin, ConsultationContact
from engagement.refus import ActionRefusee
from engagement.saisie_besoin import ChangeEntreTemps, enregistrer, version_de
from engagement.suivi_besoin import suivi_de

DEJA_CLOS = "Ce besoin était déjà fermé : rien n'a changé."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def qualifier(request: RequeteConnectee, pk: int) -> HttpResponse:
    """One form to complete it; one button saves, the other saves and opens."""
    besoin = besoin_du_guichet(request.user, pk)
    if besoin.est_fini or besoin.etat == Besoin.Etat.A_CONFIRMER:
        return redirect(besoin)
    if request.method != "POST":
        _noter_la_vue(request, besoin)
        return _page(request, besoin, *_formulaires(besoin, None))
    courant = besoin_du_guichet(request.user, pk)
    form, quand = _formulaires(besoin, request.POST)
    if not all([form.is_valid(), quand is None or quand.is_valid()]):
        return _page(request, courant, form, quand, statut=422)
    periode = quand and (quand.cleaned_data["debut"], quand.cleaned_data["fin"])
    try:
        enregistrer(
            courant, form, vue=request.POST.get("version", ""), par=request.user, periode=periode
        )
        if "ouvrir" in request.POST and courant.etat == Besoin.Etat.A_QUALIFIER:
            courant.qualifier(par=request.user)
            messages.success(request, "Le besoin est ouvert : on peut proposer des personnes.")
        else:
            messages.success(request, "C'est enregistré.")
    except ChangeEntreTemps as change:
        courant.refresh_from_db()
        return _page(request, courant, form, quand, statut=409, ecarts=change.ecarts)
    except ActionRefusee as refus:
        courant.refresh_from_db()
        return _page(request, courant, form, quand, statut=409, refus=refus.obstacles)
    return redirect(courant)


@require_http_methods(["GET", "HEAD", "POST"])
def ecarter_besoin(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Set aside, with the reason that who asked will read."""
    besoin = besoin_du_guichet(request.user, pk)
    aide = "La personne qui a demandé recevra ces mots. Vers qui peut-elle se tourner ?"
    form = MotifForm(request.POST if request.method == "POST" else None, aide=aide)
    if form.is_bound and form.is_valid():
        try:
            besoin.ecarter(par=request.user, motif=form.cleaned_data["motif"])
        except ActionRefusee as refus:
            return _motif(request, "ecarter", besoin, form, statut=409, refus=str(refus))
        messages.success(request, "Besoin écarté. " + _prevenir(besoin))
        return redirect(besoin)
    return _motif(request, "ecarter", besoin, form)


@require_http_methods(["GET", "HEAD", "POST"])
def clore_besoin(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Close, with the reason that everybody concerned will read."""
    besoin = besoin_du_guichet(request.user, pk)
    aide = "Ces mots partent à qui a demandé, à chaque personne proposée et à la liste d'attente."
    form = MotifForm(request.POST if request.method == "POST" else None, aide=aide)
    if form.is_bound and form.is_valid():
        if besoin.clore(par=request.user, motif=form.cleaned_data["motif"]):
            messages.success(request, "Besoin fermé. " + _prevenir(besoin))
        else:
            messages.info(request, DEJA_CLOS)
        return redirect(besoin)
    actives = besoin.mises_en_relation.actives().count()
    en_mission = besoin.mises_en_relation.filter(etat="en_mission").count()
    return _motif(request, "clore", besoin, form, actives=actives, en_mission=en_mission)


def _formulaires(besoin: Besoin, data: Any) -> tuple[BesoinForm, QuandForm | None]:
    form = BesoinForm(data, dispositif=besoin.dispositif, instance=besoin)
    quand = None
    if besoin.est_un_pret:
        quand = QuandForm(data, pret=True, initial={"debut": besoin.debut, "fin": besoin.fin})
    return form, quand


def _noter_la_vue(request: RequeteConnectee, besoin: Besoin) -> None:
    """The address of whoever welcomes is shown here: each view of a contact is kept."""
    if besoin.accueil_email:
        ConsultationContact.objects.create(
            personne=besoin.demandeur, par=request.user, page="besoin à compléter"
        )


def _prevenir(besoin: Besoin) -> str:
    """Who must still be told by phone."""
    if besoin.demandeur.joignable:
        return "La personne qui a demandé est prévenue."
    return "La personne qui a demandé n'a pas d'adresse e-mail : appelez-la."


def _page(
    request: RequeteConnectee,
    besoin: Besoin,
    form: BesoinForm,
    quand: QuandForm | None,
    *,
    statut: int = 200,
    **autres: Any,
) -> HttpResponse:
    contexte = {
        "besoin": besoin,
        "dispositif": besoin.dispositif,
        "form": form,
        "quand": quand,
        "version": version_de(besoin),
        "a_ouvrir": besoin.etat == Besoin.Etat.A_QUALIFIER,
        "manques": manques_pour_ouvrir(besoin),
        **suivi_de(besoin),
        **autres,
    }
    return render(request, "engagement/besoins/qualifier.html", contexte, status=statut)


def _motif(
    request: RequeteConnectee,
    geste: str,
    besoin: Besoin,
    form: MotifForm,
    *,
    statut: int = 0,
    **autres: Any,
) -> HttpResponse:
    contexte = {"besoin": besoin, "dispositif": besoin.dispositif, "form": form, "geste": geste}
    statut = statut or (422 if form.is_bound else 200)
    return render(request, "engagement/besoins/finir.html", {**contexte, **autres}, status=statut)
