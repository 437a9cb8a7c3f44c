"""Asking: a service, an association, a collectivité themselves; or the cellule for somebody."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comptes.lieux import lieu_du_territoire
from config.jours import instant_de
from engagement import debits
from engagement.acces import RequeteConnectee, dispositif_a_lire, guichet_de
from engagement.arrivees import accueillir
from engagement.forms.besoin import BesoinForm
from engagement.forms.demande import DemandePourForm, DemandeurForm
from engagement.forms.quand import QuandForm
from engagement.models import Besoin, Dispositif, Personne
from engagement.refus import ActionRefusee

DEJA_LA = "Ce besoin était déjà là : il n'y est qu'une fois."
Formulaires = tuple[BesoinForm, QuandForm]


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demander(request: HttpRequest, pk: int) -> HttpResponse:
    """What, when, where, who. What was typed stays on the page whatever goes wrong."""
    dispositif = dispositif_a_lire(request.user, pk)
    form, quand = _formulaires(request, dispositif)
    envoyee = request.POST if request.method == "POST" else None
    qui = DemandeurForm(envoyee, user=request.user, connue=_deja_connue(request, dispositif))
    if envoyee is not None and qui.est_piegee:
        return redirect("engagement:demande_envoyee", pk)
    if not _valides(form, quand, qui) or not dispositif.est_ouvert():
        return _page(request, dispositif, form, quand, qui)
    if attente := _attente(request, qui):
        return _page(request, dispositif, form, quand, qui, statut=429, attente=attente // 60)
    try:
        besoin, deja_la = _deposer(request, dispositif, form, quand, qui)
    except ActionRefusee as refus:
        return _page(request, dispositif, form, quand, qui, statut=409, refus=str(refus))
    if not request.user.is_authenticated:
        return redirect("engagement:demande_envoyee", pk)
    _dire(request, quand, deja_la, "Merci. Votre besoin est arrivé : la cellule va le lire.")
    return redirect(besoin)


@login_not_required
@require_safe
def demande_envoyee(request: HttpRequest, pk: int) -> HttpResponse:
    """The same words whether the address was known or not."""
    contexte = {"dispositif": dispositif_a_lire(request.user, pk)}
    return render(request, "engagement/besoins/envoyee.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def demander_pour(request: RequeteConnectee, pk: int) -> HttpResponse:
    """The cellule writes down what somebody needs, with their consent."""
    dispositif = guichet_de(request.user, pk)
    form, quand = _formulaires(request, dispositif)
    envoyee = request.POST if request.method == "POST" else None
    qui = DemandePourForm(envoyee, dispositif=dispositif)
    if not _valides(form, quand, qui) or not dispositif.est_ouvert():
        return _page(request, dispositif, form, quand, qui, pour=True)
    champs = qui.champs_de_la_personne
    champs["consentement"] = qui.cleaned_data["consentement"]
    champs["consenti_le"] = instant_de(qui.cleaned_data["consenti_le"], 12)
    try:
        arrivee = accueillir(dispositif, champs, par=request.user)
        besoin, deja_la = _ecrire(form, quand, arrivee.personne, par=request.user)
    except ActionRefusee as refus:
        return _page(request, dispositif, form, quand, qui, statut=409, refus=str(refus), pour=True)
    _dire(
        request, quand, deja_la, "Besoin noté, avec l'accord de la personne. Il reste à l'ouvrir."
    )
    return redirect(besoin)


def _formulaires(request: HttpRequest, dispositif: Dispositif) -> Formulaires:
    envoyee = request.POST if request.method == "POST" else None
    form = BesoinForm(envoyee, dispositif=dispositif)
    quand = QuandForm(envoyee, pret=form.pret)
    if form.candidates:
        quand.lieu = lieu_du_territoire(form.candidates[0])
    return form, quand


def _valides(*formulaires: Any) -> bool:
    """All of them, so that every error is shown at once."""
    return False not in [form.is_bound and form.is_valid() for form in formulaires]


def _attente(request: HttpRequest, qui: DemandeurForm) -> int:
    """Seconds to wait, for somebody without an account."""
    if request.user.is_authenticated:
        return 0
    return debits.attente(request, qui.cleaned_data["email"])


def _deja_connue(request: HttpRequest, dispositif: Dispositif) -> Personne | None:
    if not request.user.is_authenticated:
        return None
    siennes = Personne.objects.filter(dispositif=dispositif, utilisateur=request.user)
    personne: Personne | None = siennes.filter(effacee_le=None).first()
    return personne


def _deposer(
    request: HttpRequest,
    dispositif: Dispositif,
    form: BesoinForm,
    quand: QuandForm,
    qui: DemandeurForm,
) -> tuple[Besoin, bool]:
    champs = qui.champs_de_la_personne
    user = request.user if request.user.is_authenticated else None
    if user is not None:
        champs["email"] = user.email.lower()
    if qui.instance.pk is None:  # whoever offers here as an agent stays one
        champs["statut"] = Personne.Statut.ORGANISATION
    arrivee = accueillir(dispositif, champs, utilisateur=user)
    return _ecrire(form, quand, arrivee.personne, a_confirmer=arrivee.a_confirmer, par=user)


def _ecrire(
    form: BesoinForm, quand: QuandForm, personne: Personne, **options: Any
) -> tuple[Besoin, bool]:
    besoin: Besoin = form.instance
    besoin.demandeur = personne
    if form.pret:
        besoin.debut, besoin.fin = quand.cleaned_data["debut"], quand.cleaned_data["fin"]
    return besoin.deposer(quand.demi_journees, **options)


def _dire(request: HttpRequest, quand: QuandForm, deja_la: bool, mots: str) -> None:
    if deja_la:
        messages.info(request, DEJA_LA)
        return
    messages.success(request, mots)
    dire_les_feries(request, quand)


def dire_les_feries(request: HttpRequest, quand: QuandForm) -> None:
    """The bank holidays a rule stepped over."""
    if quand.sautes:
        noms = ", ".join(f"{nom} ({jour:%d/%m/%Y})" for jour, nom in quand.sautes[:8])
        messages.info(request, f"Jours fériés laissés de côté : {noms}.")


def _page(
    request: HttpRequest,
    dispositif: Dispositif,
    form: BesoinForm,
    quand: QuandForm,
    qui: Any,
    *,
    statut: int = 0,
    **autres: Any,
) -> HttpResponse:
    contexte = {
        "dispositif": dispositif,
        "ouvert": dispositif.est_ouvert(),
        "form": form,
        "quand": quand,
        "qui": qui,
        **autres,
    }
    statut = statut or (422 if form.is_bound else 200)
    return render(request, "engagement/besoins/demander.html", contexte, status=statut)
