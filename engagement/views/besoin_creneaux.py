"""When a need is and for how many: slots added, taken off, places changed."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from comptes.lieux import lieu_du_territoire
from config.saisie import numero
from engagement.acces import RequeteConnectee, besoin_du_guichet
from engagement.creneaux import en_mots, est_passe
from engagement.forms.demande import MotifForm
from engagement.forms.quand import QuandForm
from engagement.models import Besoin, DemiJournee
from engagement.refus import ActionRefusee
from engagement.suivi_besoin import demi_journees
from engagement.views.demander import dire_les_feries

AIDE = "Chaque personne qui venait recevra ces mots, et celle qui n'a pas d'adresse sera à appeler."


@require_http_methods(["GET", "HEAD", "POST"])
def creneaux_besoin(request: RequeteConnectee, pk: int) -> HttpResponse:
    """All its slots with what is taken; a POST asks for more."""
    besoin = besoin_du_guichet(request.user, pk)
    if besoin.est_un_pret:
        return redirect("engagement:qualifier", pk)
    envoyee = request.POST if request.method == "POST" else None
    quand = QuandForm(envoyee, deja=besoin.creneaux.count() if envoyee else 0)
    quand.lieu = lieu_du_territoire(besoin.territoire)
    refus: list[str] = []
    if quand.is_bound and quand.is_valid():
        try:
            nouvelles = besoin.ajouter_creneaux(quand.demi_journees, par=request.user)
        except ActionRefusee as raison:
            refus = raison.obstacles
        else:
            dit = "C'est ajouté." if nouvelles else "Ces demi-journées y étaient déjà."
            messages.success(request, dit)
            dire_les_feries(request, quand)
            return redirect("engagement:creneaux_besoin", pk)
    contexte = {
        "besoin": besoin,
        "dispositif": besoin.dispositif,
        "quand": quand,
        "demis": demi_journees(besoin),
        "refus": refus,
    }
    statut = 409 if refus else 422 if quand.is_bound else 200
    return render(request, "engagement/besoins/creneaux.html", contexte, status=statut)


@require_POST
def changer_places(request: RequeteConnectee, pk: int) -> HttpResponse:
    """How many at once."""
    besoin = besoin_du_guichet(request.user, pk)
    nombre = numero(request.POST.get("places", "").strip())
    try:
        besoin.changer_places(nombre, par=request.user)
    except ActionRefusee as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, f"C'est noté : {nombre} à la fois.")
    return redirect("engagement:creneaux_besoin", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def retirer_creneau(request: RequeteConnectee, pk: int, creneau_pk: int) -> HttpResponse:
    """Nobody has it: one click. Somebody has: a reason first, and they are told."""
    besoin = besoin_du_guichet(request.user, pk)
    creneau = get_object_or_404(Besoin.objects.get(pk=besoin.pk).creneaux, pk=creneau_pk)
    prises = creneau.demi_journees.exclude(etat="annulee")
    if est_passe(creneau.jour, creneau.moment) or request.method != "POST":
        personnes = list(prises.select_related("personne"))
        return _page(request, besoin, creneau, MotifForm(aide=AIDE), personnes)
    form = MotifForm(request.POST, aide=AIDE)
    if prises.exists() and not form.is_valid():
        return _page(request, besoin, creneau, form, list(prises.select_related("personne")), 422)
    motif = form.cleaned_data["motif"] if form.is_valid() else ""
    places = list(prises.select_related("personne", "mise_en_relation"))
    try:
        venaient = besoin.retirer_creneau(
            creneau, par=request.user, motif=motif, prevenir=bool(motif)
        )
    except ActionRefusee as refus:
        messages.error(request, str(refus))
    else:
        messages.success(
            request, "Demi-journée retirée." + (" Qui venait est prévenu." if venaient else "")
        )
        _dire_ce_qui_reste(request, places)
    return redirect("engagement:creneaux_besoin", pk)


def _dire_ce_qui_reste(request: RequeteConnectee, places: list[DemiJournee]) -> None:
    """Who must be called; whose mission has no half-day left."""
    for place in places:
        nom = place.personne.nom_montre
        if not place.personne.joignable:
            messages.warning(request, f"À appeler, sans adresse e-mail : {nom}.")
        if not place.mise_en_relation.demi_journees.exclude(etat="annulee").exists():
            messages.warning(
                request,
                f"La mission de {nom} n'a plus de demi-journée : voyez avec elle ce qu'elle devient.",
            )


def _page(
    request: RequeteConnectee,
    besoin: Besoin,
    creneau: object,
    form: MotifForm,
    places: Sequence[object],
    statut: int = 200,
) -> HttpResponse:
    contexte = {
        "besoin": besoin,
        "dispositif": besoin.dispositif,
        "dit": en_mots(creneau.jour, creneau.moment),  # type: ignore[attr-defined]
        "passe": est_passe(creneau.jour, creneau.moment),  # type: ignore[attr-defined]
        "form": form,
        "prises": places,
    }
    return render(request, "engagement/besoins/retirer_creneau.html", contexte, status=statut)
