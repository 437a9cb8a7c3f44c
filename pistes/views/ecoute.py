"""Écoute: the cahiers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptes.models import Utilisateur
from pistes.ecoute import ouvrir_un_cahier
from pistes.forms_ecoute import CahierForm
from pistes.liens_choisis import enregistrer, pistes_a_choisir
from pistes.models import Cahier, EditionPiste, TypeActeur

PAR_PAGE = 30
lire_et_ecrire = require_http_methods(["GET", "HEAD", "POST"])


def cahier_de(request: HttpRequest, pk: int, *, a_modifier: bool = False) -> Cahier:
    """A cahier this reader may see (404), or write in (403). Two queries at most."""
    cahiers = Cahier.objects.visible_to(request.user)
    cahiers = cahiers.select_related("organisation", "territoire__departement")
    cahier: Cahier = get_object_or_404(cahiers, pk=pk)
    if a_modifier and not request.user.has_perm("pistes.modifier_cahier", cahier):
        raise PermissionDenied
    return cahier


@login_not_required
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """The cahiers this reader may see, latest first."""
    cahiers = Cahier.objects.visible_to(request.user).select_related("organisation", "territoire")
    cahiers = cahiers.annotate(nombre=Count("rencontres")).order_by("-cree_le", "-pk")
    contexte = {
        "rubrique": "chantiers",
        "page": Paginator(cahiers, PAR_PAGE).get_page(request.GET.get("page")),
        "peut_creer": request.user.has_perm("pistes.creer_cahier"),
    }
    return render(request, "pistes/ecoute/liste.html", contexte)


@login_not_required
@require_safe
def cahier(request: HttpRequest, pk: int) -> HttpResponse:
    """One cahier: context, actors met, pistes named."""
    cahier = cahier_de(request, pk)
    rencontres = Paginator(cahier.rencontres.order_by("type", "le", "pk"), PAR_PAGE)
    modifiable = request.user.has_perm("pistes.modifier_cahier", cahier)
    comptes = cahier.rencontres.order_by().values_list("type").annotate(n=Count("pk"))
    contexte = {
        "rubrique": "chantiers",
        "cahier": cahier,
        "page": rencontres.get_page(request.GET.get("page")),
        "types": [(TypeActeur(t).label, n) for t, n in sorted(comptes)],
        "pistes": EditionPiste.objects.publies().filter(piste__cahiers=cahier).pour_liste(),
        "peut_modifier": modifiable,
        "entrees": cahier.journal.select_related("par") if modifiable else [],
        "fiches": cahier.fiches.dans_l_annuaire() if request.user.is_authenticated else [],
    }
    return render(request, "pistes/ecoute/cahier.html", contexte)


@permission_required("pistes.creer_cahier", raise_exception=True)
@lire_et_ecrire
def nouveau(request: HttpRequest) -> HttpResponse:
    """A new cahier. The same form, sent twice, opens one."""
    assert isinstance(request.user, Utilisateur)
    form = CahierForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        ouvert, neuf = ouvrir_un_cahier(form.instance, par=request.user)
        if neuf:
            messages.success(request, "Le cahier est ouvert : notez la première rencontre.")
        return redirect(ouvert)
    return formulaire(request, "pistes/ecoute/modifier.html", form, None)


@lire_et_ecrire
@transaction.atomic
def modifier(request: HttpRequest, pk: int) -> HttpResponse:
    """Its context. Two people at once: the second sees both texts."""
    assert isinstance(request.user, Utilisateur)
    lu = cahier_de(request, pk, a_modifier=True)
    cahier = Cahier.objects.select_for_update(of=("self",)).get(pk=pk)
    form = CahierForm(request.POST or None, instance=cahier, user=request.user)
    if request.method == "POST" and form.is_valid():
        messages.success(request, "C'est enregistré.")
        return redirect(form.save())
    return formulaire(request, "pistes/ecoute/modifier.html", form, lu)


def formulaire(
    request: HttpRequest, gabarit: str, form: Any, cahier: Cahier | None, **plus: Any
) -> HttpResponse:
    """A form that two people may hold open at once."""
    contexte = {"rubrique": "chantiers", "form": form, "cahier": cahier, **plus}
    statut = 409 if form.divergences else 422
    return render(request, gabarit, contexte, status=statut if request.method == "POST" else 200)


@lire_et_ecrire
def liens(request: HttpRequest, pk: int) -> HttpResponse:
    """The pistes of the catalogue that actors have named."""
    cahier = cahier_de(request, pk, a_modifier=True)
    if request.method == "POST":
        enregistrer(cahier, request.POST)
        messages.success(request, "Les pistes nommées sont enregistrées.")
        return redirect(cahier)
    saisie = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    listes = [("piste", "Pistes", pistes_a_choisir(cahier, saisie))]
    contexte = {"rubrique": "chantiers", "cahier": cahier, "saisie": saisie, "listes": listes}
    return render(request, "pistes/ecoute/liens.html", contexte)


@require_POST
def visibilite(request: HttpRequest, pk: int) -> HttpResponse:
    """Open it to everybody, or keep it again (``public`` = oui or non)."""
    assert isinstance(request.user, Utilisateur)
    cahier = cahier_de(request, pk)
    if not request.user.has_perm("pistes.fermer_au_public", cahier):
        raise PermissionDenied
    if request.POST.get("public") == "oui":
        if cahier.ouvrir_au_public(par=request.user):
            messages.success(request, "Tout le monde peut maintenant lire ce cahier.")
    elif request.POST.get("public") == "non" and cahier.fermer_au_public(par=request.user):
        messages.success(request, "Ce cahier n'est plus visible que de votre organisation.")
    return redirect(cahier if cahier.est_public or _est_lisible(request, pk) else "pistes:ecoute")


def _est_lisible(request: HttpRequest, pk: int) -> bool:
    return Cahier.objects.visible_to(request.user).filter(pk=pk).exists()
