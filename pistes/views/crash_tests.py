"""Crash tests: the matrix, the guided form, a crash test's page; the library of crises."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from comptes.models import Utilisateur
from config.jours import jour_de
from pistes.confrontations import PAR_PAGE, crises, matrice
from pistes.crash_tests import creer
from pistes.filtres_chantiers import FiltreMatrice
from pistes.forms_chantier import organisations_de
from pistes.forms_crash_test import CrashTestForm
from pistes.models import Chantier, CrashTest, EditionPiste, Scenario

lire_et_ecrire = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@require_safe
def crash_tests(request: HttpRequest) -> HttpResponse:
    """The matrix piste × crisis (``?quoi=chantiers`` for chantiers)."""
    quoi = "chantiers" if request.GET.get("quoi") == "chantiers" else "pistes"
    filtre = FiltreMatrice(request.GET)
    sujets: Any
    if quoi == "pistes":
        sujets = filtre.appliquer(EditionPiste.objects.publies().pour_liste())
    else:
        sujets = Chantier.objects.visible_to(request.user).order_by("titre", "pk")
    page = Paginator(sujets, PAR_PAGE).get_page(request.GET.get("page"))
    colonnes, peut = crises(), request.user.has_perm("pistes.faire_crash_test")
    contexte = {
        "rubrique": "chantiers",
        "quoi": quoi,
        "filtre": filtre,
        "crises": colonnes,
        "page": page,
        "lignes": matrice(
            list(page.object_list), request.user, colonnes=colonnes, peut_essayer=peut
        ),
        "peut_essayer": peut,
    }
    return render(request, "pistes/crash_tests/matrice.html", contexte)


@permission_required("pistes.faire_crash_test", raise_exception=True)
@lire_et_ecrire
def essayer_piste(request: HttpRequest, slug: str, cle: str) -> HttpResponse:
    """Confront a published piste with a crisis."""
    editions = EditionPiste.objects.publies().select_related("piste")
    edition = get_object_or_404(editions, piste__slug=slug)
    fait = CrashTest(piste=edition.piste, scenario=get_object_or_404(Scenario, cle=cle))
    return _essayer(request, fait, edition)


@permission_required("pistes.faire_crash_test", raise_exception=True)
@lire_et_ecrire
def essayer_chantier(request: HttpRequest, pk: int, cle: str) -> HttpResponse:
    """Confront a chantier one may see with a crisis."""
    chantier = get_object_or_404(Chantier.objects.visible_to(request.user), pk=pk)
    fait = CrashTest(chantier=chantier, scenario=get_object_or_404(Scenario, cle=cle))
    return _essayer(request, fait, chantier)


def _essayer(request: HttpRequest, fait: CrashTest, sujet: Any) -> HttpResponse:
    assert isinstance(request.user, Utilisateur)
    initial = {"fait_le": jour_de()}
    form = CrashTestForm(request.POST or None, instance=fait, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        ecrit, neuf = creer(form.instance, par=request.user)
        if neuf:
            messages.success(request, "Le crash test est enregistré.")
        else:
            messages.info(request, "Ce crash test est déjà enregistré : le voici.")
        return redirect(ecrit)
    return _formulaire(request, form, fait, sujet)


def _formulaire(request: HttpRequest, form: Any, fait: CrashTest, sujet: Any) -> HttpResponse:
    assert isinstance(request.user, Utilisateur)
    contexte = {
        "rubrique": "chantiers",
        "form": form,
        "crash_test": fait,
        "sujet": sujet,
        "sans_organisation": not request.user.est_curateur
        and not organisations_de(request.user).exists(),
    }
    statut = 409 if form.divergences else 422
    statut = statut if request.method == "POST" else 200
    return render(request, "pistes/crash_tests/essayer.html", contexte, status=statut)


@login_not_required
@require_safe
def crash_test(request: HttpRequest, pk: int) -> HttpResponse:
    """One crash test, its four answers."""
    fait = get_object_or_404(CrashTest.objects.visible_to(request.user).pour_liste(), pk=pk)
    contexte = {
        "rubrique": "chantiers",
        "crash_test": fait,
        "peut_modifier": request.user.has_perm("pistes.modifier_crash_test", fait),
    }
    return render(request, "pistes/crash_tests/crash_test.html", contexte)


@lire_et_ecrire
@transaction.atomic
def modifier(request: HttpRequest, pk: int) -> HttpResponse:
    """Its answers. Two people at once: the second sees both texts."""
    assert isinstance(request.user, Utilisateur)
    fait = get_object_or_404(CrashTest.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("pistes.modifier_crash_test", fait):
        raise PermissionDenied
    fait = CrashTest.objects.pour_liste().select_for_update(of=("self",)).get(pk=pk)
    form = CrashTestForm(request.POST or None, instance=fait, user=request.user)
    if request.method == "POST" and form.is_valid():
        messages.success(request, "C'est enregistré.")
        return redirect(form.save())
    return _formulaire(request, form, fait, fait.sujet)
