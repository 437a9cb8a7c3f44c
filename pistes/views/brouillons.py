"""The drafts, read beside what is public, and published one by one. For curateur·rices alone."""

from typing import TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from comptes.models import Utilisateur
from pistes.models import EditionOrientation, EditionPiste
from pistes.models.textes import Edition
from reflexes.models import VersionCartographie

Publiable = TypeVar("Publiable", EditionPiste, EditionOrientation)

reserve = permission_required("pistes.publier_edition", raise_exception=True)


@reserve
@require_safe
def brouillons(request: HttpRequest) -> HttpResponse:
    """All that waits: texts of pistes, of orientations, versions of the cartographie."""
    contexte = {
        "rubrique": "pistes",
        "pistes": EditionPiste.objects.brouillons().pour_liste().select_related("auteur"),
        "orientations": EditionOrientation.objects.brouillons().pour_liste(),
        "versions": VersionCartographie.objects.brouillons().select_related("enquete"),
    }
    return render(request, "pistes/brouillons.html", contexte)


@reserve
@require_safe
def brouillon(request: HttpRequest, pk: int) -> HttpResponse:
    """A piste's draft beside the public text."""
    edition = get_object_or_404(EditionPiste.objects.brouillons().pour_redaction(), pk=pk)
    publiees = EditionPiste.objects.publies().pour_redaction()
    contexte = {
        "rubrique": "pistes",
        "brouillon": edition,
        "publiee": publiees.filter(piste=edition.piste_id).first(),
    }
    return render(request, "pistes/brouillon.html", contexte)


@reserve
@require_safe
def brouillon_orientation(request: HttpRequest, pk: int) -> HttpResponse:
    """An orientation's draft beside the public text."""
    editions = EditionOrientation.objects.select_related("orientation__recueil")
    edition = get_object_or_404(editions.brouillons(), pk=pk)
    contexte = {
        "rubrique": "pistes",
        "brouillon": edition,
        "publiee": editions.publies().filter(orientation=edition.orientation_id).first(),
    }
    return render(request, "pistes/brouillon_orientation.html", contexte)


@reserve
@require_POST
def publier(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a piste's draft; the text before it goes to the history."""
    return _publier(request, get_object_or_404(_publiables(EditionPiste), pk=pk))


@reserve
@require_POST
def publier_orientation(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish an orientation's draft."""
    return _publier(request, get_object_or_404(_publiables(EditionOrientation), pk=pk))


def _publiables(modele: type[Publiable]) -> "models.QuerySet[Publiable]":
    """Drafts, and what is public already: publishing twice is harmless. Not the history."""
    return modele._default_manager.exclude(etat=Edition.Etat.ARCHIVE)


def _publier(request: HttpRequest, edition: EditionPiste | EditionOrientation) -> HttpResponse:
    assert isinstance(request.user, Utilisateur)
    edition.publier(par=request.user)
    messages.success(
        request, f"« {edition} » est publié. Le texte d'avant reste dans l'historique."
    )
    return redirect(edition.get_absolute_url())
