"""One screen for a loan: it leaves, it comes back, it is kept longer; and when a thing is free."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.fichiers import servir_en_petit
from engagement import agenda_pret, photos_pret
from engagement.acces import RequeteConnectee, pret_a_suivre
from engagement.forms.pret import EtatForm, ProlongationForm, RetourDuPretForm
from engagement.models import Offre, PhotoPret, Pret
from engagement.perms import tient_le_guichet
from engagement.refus import ActionRefusee

DEJA = {
    "sortir": "Le départ de ce prêt est déjà noté.",
    "rendre": "Le retour de ce prêt est déjà noté.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def pret(request: RequeteConnectee, pk: int) -> HttpResponse:
    """The form of what comes next. ``geste``: what the person saw, so that a second click does nothing."""
    pret = pret_a_suivre(request.user, pk)
    if request.method != "POST":
        return _page(request, pret)
    geste = request.POST.get("geste", "")
    if geste != pret.geste_suivant:
        messages.info(request, DEJA.get(geste, "Ce prêt a changé : voici où il en est."))
        return redirect("engagement:pret", pk)
    form = _formulaire(pret, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, pret, 422, form=form)
    try:
        _noter(request, pret, form)
    except ActionRefusee as refus:
        form.add_error(None, str(refus))
        return _page(request, pret_a_suivre(request.user, pk), 409, form=form)
    messages.success(request, "Départ noté." if geste == "sortir" else "Retour noté. Merci.")
    return redirect("engagement:pret", pk)


@require_POST
def prolonger_pret(request: RequeteConnectee, pk: int) -> HttpResponse:
    """Keep it longer, if nobody waits for it."""
    pret = pret_a_suivre(request.user, pk)
    form = ProlongationForm(request.POST, fin=pret.fin)
    if not form.is_valid():
        return _page(request, pret, 422, prolongation=form)
    try:
        pret.prolonger(fin=form.nouvelle_fin(), par=request.user)
    except ActionRefusee as refus:
        form.add_error("jour", str(refus))
        return _page(request, pret_a_suivre(request.user, pk), 409, prolongation=form)
    messages.success(request, "Le prêt est prolongé. Les rappels suivent la nouvelle date.")
    return redirect("engagement:pret", pk)


@require_safe
def photo_pret(request: RequeteConnectee, pk: int) -> HttpResponse:
    """For the cellule, and for whoever lends the thing."""
    photos = PhotoPret.objects.filter(pret__in=Pret.objects.visible_to(request.user).values("pk"))
    photo = photos.filter(pk=pk).first()
    if photo is None:
        raise Http404
    return servir_en_petit(photo.fichier)


@require_safe
def calendrier_objet(request: RequeteConnectee, pk: int) -> HttpResponse:
    """When a thing is free: eight weeks, and its loans to come. Four queries."""
    offres = Offre.objects.visible_to(request.user).select_related("dispositif")
    offre = get_object_or_404(offres.exclude(nature="temps"), pk=pk)
    contexte = {
        "offre": offre,
        "semaines": agenda_pret.semaines(offre),
        "periodes": agenda_pret.periodes_prises(offre),
    }
    return render(request, "engagement/prets/calendrier.html", contexte)


def _formulaire(pret: Pret, *donnees: Any) -> EtatForm:
    return RetourDuPretForm(*donnees) if pret.etat == pret.Etat.SORTI else EtatForm(*donnees)


@transaction.atomic
def _noter(request: RequeteConnectee, pret: Pret, form: EtatForm) -> None:
    """The state, then its pictures, or nothing."""
    au_retour = pret.etat == pret.Etat.SORTI
    if au_retour:
        pret.rendre(
            par=request.user, etat=form.cleaned_data["etat"], abime=form.cleaned_data["abime"]
        )
    else:
        pret.sortir(par=request.user, etat=form.cleaned_data["etat"])
    photos_pret.attacher(pret, form.photos, au_retour=au_retour, par=request.user)


def _page(
    request: RequeteConnectee, pret: Pret, status: int = 200, **formulaires: Any
) -> HttpResponse:
    """Some ten queries."""
    photos = list(pret.photos.all())
    contexte = {
        "pret": pret,
        "mise": pret.mise_en_relation,
        "offre": pret.offre,
        "du_guichet": tient_le_guichet(request.user, pret.mise_en_relation.dispositif),
        "form": _formulaire(pret) if pret.geste_suivant else None,
        "prolongation": ProlongationForm(fin=pret.fin),
        "photos_depart": [p for p in photos if not p.au_retour],
        "photos_retour": [p for p in photos if p.au_retour],
        "autre_dehors": pret.autre_dehors(),
        **formulaires,
    }
    return render(request, "engagement/prets/pret.html", contexte, status=status)
