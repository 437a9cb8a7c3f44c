"""The page of a piste: its words, what it refers to, and what was tried from it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from pistes.models import EditionPiste, Piste

PREMIERS = 20


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
        **_premiers("tests", tests.select_related("organisation")),
        **_premiers("enseignements", piste.enseignements.visible_to(request.user).recents()),
        "programmes": piste.programmes.all(),
        "peut_publier": request.user.has_perm("pistes.publier_edition"),
        **_voisines(piste),
    }
    return render(request, "pistes/piste.html", contexte)


def _premiers(quoi: str, lignes: Any) -> dict[str, Any]:
    """The first rows, and whether there are others. One query."""
    trouvees = list(lignes[: PREMIERS + 1])
    return {quoi: trouvees[:PREMIERS], f"autres_{quoi}": len(trouvees) > PREMIERS}


def _voisines(piste: Piste) -> dict[str, EditionPiste | None]:
    """The pistes before and after in the recueil. Two queries."""
    voisines = EditionPiste.objects.publies().filter(piste__recueil=piste.recueil_id)
    voisines = voisines.select_related("piste")
    return {
        "precedente": voisines.filter(piste__rang__lt=piste.rang).order_by("-piste__rang").first(),
        "suivante": voisines.filter(piste__rang__gt=piste.rang).order_by("piste__rang").first(),
    }
