"""Pages that only say something: accessibility, personal data, legal notice. Public."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def accessibilite(request: HttpRequest) -> HttpResponse:
    """What works for everybody, what does not, and whom to tell."""
    return render(request, "accueil/accessibilite.html", _qui())


@login_not_required
@require_safe
def donnees_personnelles(request: HttpRequest) -> HttpResponse:
    """Each personal datum, why it is kept and until when."""
    return render(request, "accueil/donnees_personnelles.html", _qui())


@login_not_required
@require_safe
def mentions_legales(request: HttpRequest) -> HttpResponse:
    """Who publishes, under which licences, with which credits."""
    return render(request, "accueil/mentions_legales.html", _qui())


def _qui() -> dict[str, str]:
    """Who runs this installation, as far as its settings say."""
    noms = {"editeur": "EDITEUR", "contact": "CONTACT", "hebergeur": "HEBERGEUR"}
    return {nom: getattr(settings, reglage, "") for nom, reglage in noms.items()}
