"""The page of a piste: its words, what it refers to, and what was tried from it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from pistes.models import EditionPiste, Piste


@login_not_required
@require_safe
def piste(request: HttpRequest, slug: str) -> HttpResponse:
    """One piste. Tests and lessons come through the piste itself: this room knows no test."""
    edition = get_object_or_404(EditionPiste.objects.publies().pour_page(), piste__slug=slug)
    piste = edition.piste
    tests = piste.tests.visible_to(request.user)
    contexte = {
        "rubrique": "pistes",
        "edition": edition,
        "piste": piste,
        "renvois": EditionPiste.objects.citees_par(edition),
        "renvois_recus": EditionPiste.objects.qui_citent(piste),
        "tests": tests.select_related("organisation"),
        "enseignements": _enseignements(piste, request.user),
        "programmes": piste.programmes.all(),
        "peut_publier": request.user.has_perm("pistes.publier_edition"),
        **_voisines(piste),
    }
    return render(request, "pistes/piste.html", contexte)


def _enseignements(piste: Piste, lecteur: Any) -> Any:
    """Lessons of the tests this reader may see, once their évaluation is published. One query."""
    tests = piste.tests.model._default_manager.visible_to(lecteur)
    return (
        piste.enseignements.filter(test__in=tests)
        .filter(Q(test__etat="evalue") | ~Q(test__source=""))
        .select_related("test__organisation")
    )


def _voisines(piste: Piste) -> dict[str, EditionPiste | None]:
    """The pistes before and after in the recueil. Two queries."""
    voisines = EditionPiste.objects.publies().filter(piste__recueil=piste.recueil_id)
    voisines = voisines.select_related("piste")
    return {
        "precedente": voisines.filter(piste__rang__lt=piste.rang).order_by("-piste__rang").first(),
        "suivante": voisines.filter(piste__rang__gt=piste.rang).order_by("piste__rang").first(),
    }
