"""A line changes hands: taken, handed over, given back, help asked for; an offer is said to be read."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from config.saisie import numero
from engagement import lecture_offres
from engagement.acces import (
    RequeteConnectee,
    besoin_du_guichet,
    guichet_de,
    mise_en_relation_du_guichet,
)
from engagement.forms.guichet import AideForm, ConfierForm
from engagement.guichet import cellules_de
from engagement.models import Besoin, Ligne, MiseEnRelation
from engagement.refus import ActionRefusee

QUOI = {"besoin", "mise"}
HISTOIRE = 10


@require_http_methods(["GET", "HEAD", "POST"])
def panier(request: RequeteConnectee, quoi: str, pk: int) -> HttpResponse:
    """Who follows a line; to hand it over with a word, or to ask for help (without a script, a page of its own)."""
    ligne = _ligne(request, quoi, pk)
    collegues = cellules_de([ligne.dispositif_id])[ligne.dispositif_id]
    autres = [c for c in collegues.values() if c.pk not in {request.user.pk, ligne.mediateur_id}]
    geste = request.POST.get("geste", "")
    confier = ConfierForm(request.POST if geste == "confier" else None, collegues=autres)
    aide = AideForm(request.POST if geste == "aide" else None, auto_id="aide_%s")
    statut = 200
    if request.method == "POST":
        try:
            if _agir(request, ligne, geste, confier, aide):
                return redirect(_suite(request, ligne))
            statut = 422
        except ActionRefusee as refus:
            messages.error(request, " ".join(refus.obstacles))
            statut = 409
    contexte = {
        "dispositif": ligne.dispositif,
        "ligne": ligne,
        "quoi": quoi,
        "besoin": ligne if isinstance(ligne, Besoin) else ligne.besoin,
        "parti": ligne.mediateur_id is not None and ligne.mediateur_id not in collegues,
        "autres": autres,
        "confier": confier,
        "aide": aide,
        "suite": _suite(request, ligne),
        "histoire": Ligne.objects.filter(sujet=ligne.sujet_du_guichet)
        .select_related("par")
        .order_by("-le", "-pk")[:HISTOIRE],
    }
    return render(request, "engagement/guichet/panier.html", contexte, status=statut)


@require_POST
def prendre(request: RequeteConnectee, quoi: str, pk: int) -> HttpResponse:
    """Into one's own basket, from a line of the desk."""
    ligne = _ligne(request, quoi, pk)
    try:
        ligne.prendre(par=request.user, vu=_vu(request))
        messages.success(request, "C'est dans votre panier.")
    except ActionRefusee as refus:
        messages.error(request, " ".join(refus.obstacles))
    return redirect(_suite(request, ligne))


@require_POST
def regarder(request: RequeteConnectee, pk: int) -> HttpResponse:
    """One offer, or all those of the page when it was shown: they are read."""
    dispositif = guichet_de(request.user, pk)
    une = numero(request.POST.get("offre", ""))
    try:
        jusqua = parse_datetime(request.POST.get("jusqua", ""))
    except ValueError:
        jusqua = None
    nombre = 0
    if une:
        nombre = lecture_offres.regarder(dispositif, par=request.user, cles=[une])
    elif jusqua is not None and jusqua.tzinfo is not None:
        nombre = lecture_offres.regarder(dispositif, par=request.user, jusqua=jusqua)
    s = "s" if nombre > 1 else ""
    if nombre:
        messages.success(request, f"{nombre} offre{s} regardée{s}.")
    else:
        messages.info(request, "Rien à changer : c'était déjà fait.")
    return redirect(_adresse_sure(request) or reverse("engagement:guichet", args=[pk]))


def _agir(
    request: RequeteConnectee,
    ligne: Besoin | MiseEnRelation,
    geste: str,
    confier: ConfierForm,
    aide: AideForm,
) -> bool:
    """Do what was asked; False when what was typed is to be corrected. Raises ActionRefusee."""
    if geste == "confier":
        if not confier.is_valid():
            return False
        a = confier.cleaned_data["a"]
        ligne.confier(par=request.user, a=a, mot=confier.cleaned_data["mot"], vu=_vu(request))
        messages.success(request, f"Confié à {a}, qui reçoit un message.")
    elif geste == "aide":
        if not aide.is_valid():
            return False
        ligne.demander_aide(par=request.user, mot=aide.cleaned_data["mot"])
        messages.success(request, "La cellule est prévenue ; la demande reste affichée.")
    elif geste == "fin_aide":
        ligne.finir_l_aide(par=request.user)
        messages.success(request, "La demande d'aide est retirée.")
    elif geste == "rendre":
        ligne.rendre_au_panier(par=request.user, vu=_vu(request))
        messages.success(request, "La ligne n'est plus dans aucun panier.")
    elif geste == "prendre":
        ligne.prendre(par=request.user, vu=_vu(request))
        messages.success(request, "C'est dans votre panier.")
    else:
        raise ActionRefusee("Choisissez ce que vous voulez faire de cette ligne.")
    return True


def _ligne(request: RequeteConnectee, quoi: str, pk: int) -> Besoin | MiseEnRelation:
    if quoi not in QUOI:
        raise Http404
    if quoi == "besoin":
        return besoin_du_guichet(request.user, pk)
    return mise_en_relation_du_guichet(request.user, pk)


def _vu(request: RequeteConnectee) -> int | str | None:
    """Who followed it on the page that was acted from; "" when the form does not say."""
    if "vu" not in request.POST:
        return ""
    return numero(request.POST["vu"]) or None


def _adresse_sure(request: RequeteConnectee) -> str:
    """Back to the page one came from, when it is one of ours."""
    suite = request.POST.get("suite", "") or request.GET.get("suite", "")
    ici = request.get_host()
    sure = url_has_allowed_host_and_scheme(suite, {ici}, require_https=request.is_secure())
    return suite if sure and suite.startswith("/") else ""


def _suite(request: RequeteConnectee, ligne: "Besoin | MiseEnRelation") -> str:
    return _adresse_sure(request) or reverse("engagement:guichet", args=[ligne.dispositif_id])
