"""The page of a piste: its words, what surrounds it, and what was tried from it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from pistes.alentours import alentours
from pistes.chemins import chemin_demande
from pistes.models import EditionPiste

PREMIERS = 20


@login_not_required
@require_safe
def piste(request: HttpRequest, slug: str) -> HttpResponse:
    """One piste, in eight queries; two more for who is signed in.

    Tests and lessons come through the piste itself: this room knows no test.
    """
    editions = EditionPiste.objects.publies().pour_page().avec_leurs_visites()
    edition = get_object_or_404(editions, piste__slug=slug)
    piste = edition.piste
    tests = piste.tests.visible_to(request.user).select_related("organisation", "evaluation")
    lecons = piste.enseignements.visible_to(request.user).recents()
    crash_tests = piste.crash_tests.visible_to(request.user).pour_liste()
    voisinage = alentours(edition, request.user, chemin_demande(request.GET))
    contexte = {
        "rubrique": "pistes",
        "edition": edition,
        "piste": piste,
        "chemin": voisinage.chemin,
        "alentours": voisinage,
        **_premiers("tests", tests),
        **_premiers("enseignements", lecons.select_related("test__evaluation")),
        **_premiers("crash_tests", crash_tests),
        "peut_publier": request.user.has_perm("pistes.publier_edition"),
    }
    contexte["lecons"] = _par_type(contexte["enseignements"])
    return render(request, "pistes/piste.html", contexte)


def _premiers(quoi: str, lignes: Any) -> dict[str, Any]:
    """The first rows, and whether there are others. One query."""
    trouvees = list(lignes[: PREMIERS + 1])
    return {quoi: trouvees[:PREMIERS], f"autres_{quoi}": len(trouvees) > PREMIERS}


def _par_type(enseignements: list[Any]) -> dict[str, list[Any]]:
    """Lessons under what kind each is, in the order of the kinds."""
    rangs = {nom: rang for rang, nom in enumerate(_types(enseignements))}
    par_type: dict[str, list[Any]] = {}
    for lecon in sorted(enseignements, key=lambda e: rangs[e.type]):
        par_type.setdefault(lecon.get_type_display(), []).append(lecon)
    return par_type


def _types(enseignements: list[Any]) -> list[str]:
    return list(enseignements[0].Type.values) if enseignements else []
