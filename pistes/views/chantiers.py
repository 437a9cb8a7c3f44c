"""A chantier's page, form, state and visibility."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptes.models import Utilisateur
from config.saisie import LONGUEUR_TEXTE
from pistes.chantiers import creer
from pistes.confrontations import ligne_de_matrice
from pistes.forms_chantier import ChantierForm, MotifForm, organisations_de
from pistes.models import Chantier, EditionPiste
from pistes.transitions import TransitionRefusee
from pistes.transitions_chantier import TRANSITIONS
from reflexes.models import TerrainFige

lire_et_ecrire = require_http_methods(["GET", "HEAD", "POST"])


def chantier_de(request: HttpRequest, pk: int, *, a_modifier: bool = False) -> Chantier:
    """A chantier this reader may see (404), or lead (403). Two queries at most."""
    chantiers = Chantier.objects.visible_to(request.user).pour_liste()
    chantier: Chantier = get_object_or_404(chantiers, pk=pk)
    if a_modifier and not request.user.has_perm("pistes.modifier_chantier", chantier):
        raise PermissionDenied
    return chantier


@login_not_required
@require_safe
def chantier(request: HttpRequest, pk: int) -> HttpResponse:
    """One chantier; its history and its buttons for who leads it."""
    return _page(request, chantier_de(request, pk), MotifForm())


def _page(
    request: HttpRequest, chantier: Chantier, form: MotifForm, statut: int = 200
) -> HttpResponse:
    liees = EditionPiste.objects.publies().filter(piste__chantiers=chantier)
    liees = liees.pour_liste().prefetch_related(None)
    terrains = TerrainFige.objects.publies().filter(terrain__chantiers=chantier)
    terrains = terrains.select_related("terrain", "controverse__controverse__enquete")
    menable = request.user.has_perm("pistes.modifier_chantier", chantier)
    # Who leads one is of an organisation, or of the curation: no need to ask again.
    essaie = menable or request.user.has_perm("pistes.faire_crash_test")
    public, user = chantier.est_public, request.user
    # Who leads it and is not of the curation is of its organisation: nothing more to ask.
    siens = menable and not getattr(user, "est_curateur", False)
    contexte: dict[str, Any] = {
        "rubrique": "chantiers",
        "chantier": chantier,
        "pistes": liees,
        "terrains": terrains.order_by("terrain_id", "-version__rang").distinct("terrain_id"),
        "crash_tests": ligne_de_matrice(chantier, request.user, peut=essaie),
        "peut_modifier": menable,
        "peut_ouvrir": menable
        and not public
        and (siens or user.has_perm("pistes.ouvrir_au_public", chantier)),
        "peut_fermer": menable and public,
        "entrees": chantier.journal.select_related("par") if menable else [],
        "form": form,
    }
    return render(request, "pistes/chantiers/chantier.html", contexte, status=statut)


@permission_required("pistes.creer_chantier", raise_exception=True)
@lire_et_ecrire
def nouveau(request: HttpRequest) -> HttpResponse:
    """A new chantier; ``?piste=`` (slug) ties it to that piste from the start."""
    assert isinstance(request.user, Utilisateur)
    form = ChantierForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        chantier, neuf = creer(form.instance, par=request.user)
        if neuf:
            _relier_a_la_piste(chantier, request.GET.get("piste", ""))
            messages.success(request, "Le chantier est noté. À quoi se relie-t-il ?")
            return redirect("pistes:liens_du_chantier", chantier.pk)
        messages.info(request, "Ce chantier est déjà noté : le voici.")
        return redirect(chantier)
    return _formulaire(request, form, None)


def _relier_a_la_piste(chantier: Chantier, slug: str) -> None:
    edition = EditionPiste.objects.publies().filter(piste__slug=slug.replace("\x00", "")).first()
    if edition is not None:
        chantier.pistes.add(edition.piste_id)


@lire_et_ecrire
@transaction.atomic
def modifier(request: HttpRequest, pk: int) -> HttpResponse:
    """Its words. Two people at once: the second sees both texts."""
    assert isinstance(request.user, Utilisateur)
    chantier_de(request, pk, a_modifier=True)
    chantier = Chantier.objects.select_for_update(of=("self",)).get(pk=pk)
    form = ChantierForm(request.POST or None, instance=chantier, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        if form.has_changed():
            chantier.noter("modifier", "Texte modifié", request.user)
        messages.success(request, "C'est enregistré.")
        return redirect(chantier)
    return _formulaire(request, form, Chantier.objects.get(pk=pk))


def _formulaire(
    request: HttpRequest, form: ChantierForm, chantier: Chantier | None
) -> HttpResponse:
    assert isinstance(request.user, Utilisateur)
    contexte = {
        "rubrique": "chantiers",
        "form": form,
        "chantier": chantier,
        "sans_organisation": not request.user.est_curateur
        and not organisations_de(request.user).exists(),
    }
    statut = 409 if getattr(form, "divergences", []) else 422
    statut = statut if request.method == "POST" else 200
    return render(request, "pistes/chantiers/modifier.html", contexte, status=statut)


@require_POST
def changer_d_etat(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """One transition; refused, it says why and gives the typed reason back."""
    assert isinstance(request.user, Utilisateur)
    chantier = chantier_de(request, pk, a_modifier=True)
    if action not in TRANSITIONS:
        raise Http404
    form = MotifForm(request.POST)
    if not form.is_valid():
        return _page(request, chantier, form, 422)
    motif = form.cleaned_data["motif"][:LONGUEUR_TEXTE]
    try:
        fait = chantier.changer_d_etat(action, par=request.user, motif=motif)
    except TransitionRefusee as refus:
        form.add_error("motif", " ".join(refus.obstacles))
        return _page(request, chantier, form, 409)
    if fait:
        messages.success(request, f"{TRANSITIONS[action].libelle}. C'est dans l'historique.")
    return redirect(chantier)


@require_POST
def visibilite(request: HttpRequest, pk: int) -> HttpResponse:
    """Open it to everybody, or keep it again (``public`` = oui or non)."""
    assert isinstance(request.user, Utilisateur)
    chantier = chantier_de(request, pk, a_modifier=True)
    if request.POST.get("public") == "oui":
        if chantier.ouvrir_au_public(par=request.user):
            messages.success(request, "Tout le monde peut maintenant lire ce chantier.")
    elif request.POST.get("public") == "non" and chantier.fermer_au_public(par=request.user):
        messages.success(request, "Ce chantier n'est plus visible que de votre organisation.")
    return redirect(chantier)
