"""The programmes and the page of one."""

from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from pistes.models import EditionPiste
from tests_programme.models import Programme, Test


@login_not_required
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """Every programme, the latest first."""
    contexte = {"rubrique": "programmes", "programmes": Programme.objects.pour_liste()}
    return render(request, "tests_programme/programmes.html", contexte)


@login_not_required
@require_safe
def programme(request: HttpRequest, cle: str) -> HttpResponse:
    """One programme: who, what, when, and its tests by piste."""
    programme = get_object_or_404(Programme, cle=cle)
    visibles = Test.objects.visible_to(request.user).filter(programme=programme).pour_liste()
    tests = list(visibles.order_by("piste__rang", "piste_id", "organisation__nom", "pk"))
    editions = EditionPiste.objects.publies().filter(piste__programmes=programme)
    contexte = {
        "rubrique": "programmes",
        "programme": programme,
        "organisations": programme.organisations.filter(validee=True),
        "seances": programme.seances.all(),
        "editions": editions.select_related("piste").order_by("piste__rang"),
        "groupes": [
            {"piste": groupe[0].piste, "titre": titre, "tests": groupe}
            for titre, groupe in (
                (titre, list(suite)) for titre, suite in groupby(tests, key=lambda t: t.titre_piste)
            )
        ],
    }
    return render(request, "tests_programme/programme.html", contexte)
