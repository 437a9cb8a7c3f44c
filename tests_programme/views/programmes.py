"""The programmes and the page of one."""

import datetime as dt
from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from config.jours import jour_de
from config.saisie import numero
from pistes.models import EditionPiste
from tests_programme.models import Programme, Test
from tests_programme.perms import est_du_cercle, peut_animer_programme

PAR_PAGE = 30
# Beyond, the panorama and the list show the others.
TESTS = 60
ORGANISATIONS = 200


@login_not_required
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """The programmes, the latest first, thirty a page."""
    programmes = Programme.objects.order_by("-debut", "pk").pour_liste()
    if place := _lire(request.GET.get("apres", "")):
        programmes = programmes.apres(*place)
    page = list(programmes[: PAR_PAGE + 1])
    dernier = page[PAR_PAGE - 1] if len(page) > PAR_PAGE else None
    contexte = {
        "rubrique": "programmes",
        "programmes": page[:PAR_PAGE],
        "suivante": f"?apres={dernier.debut:%Y-%m-%d}.{dernier.pk}" if dernier else "",
        "debut": request.path if place else "",
    }
    return render(request, "tests_programme/programmes.html", contexte)


def _lire(marque: str) -> tuple[dt.date, int] | None:
    """The place a mark means; None when it means nothing: one begins again."""
    jour, _, pk = marque.partition(".")
    try:
        return dt.date.fromisoformat(jour), numero(pk)
    except ValueError:
        return None


@login_not_required
@require_safe
def programme(request: HttpRequest, cle: str) -> HttpResponse:
    """One programme: who, what, when, and its tests by piste."""
    programme = get_object_or_404(Programme, cle=cle)
    user = request.user
    visibles = Test.objects.visible_to(user).filter(programme=programme).pour_liste()
    # No order asked of the database: it stops at the bound instead of sorting a whole programme.
    trouves = list(visibles.order_by()[: TESTS + 1])
    tests = sorted(
        trouves[:TESTS], key=lambda t: (t.piste.rang, t.piste_id, t.organisation.nom, t.pk)
    )
    editions = EditionPiste.objects.publies().filter(piste__programmes=programme)
    contexte = {
        "rubrique": "programmes",
        "programme": programme,
        "organisations": programme.organisations.filter(validee=True)[:ORGANISATIONS],
        "etapes": programme.etapes.all(),
        "seances": programme.seances.all(),
        "jour": jour_de(),
        "anime": user.is_authenticated and peut_animer_programme(user, programme),
        "du_cercle": user.is_authenticated and est_du_cercle(user, programme),
        "editions": editions.select_related("piste").order_by("piste__rang"),
        "d_autres_tests": len(trouves) > TESTS,
        "groupes": [
            {"titre": titre, "tests": list(suite)}
            for titre, suite in groupby(tests, key=lambda t: t.titre_piste)
        ],
    }
    return render(request, "tests_programme/programme.html", contexte)
