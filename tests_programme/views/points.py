"""The regular points: those to come, those held, and the short form."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from config.jours import jour_de
from tests_programme.acces import RequeteConnectee, a_accompagner
from tests_programme.forms.point import PointForm
from tests_programme.models import PointRegulier, Test
from tests_programme.models.point import PointChange, PointImpossible

PAR_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def points(request: RequeteConnectee, pk: int) -> HttpResponse:
    """What was seen, newest first; a POST holds a point today, planned or not."""
    test, membre = a_accompagner(request.user, pk)
    if request.method == "POST":
        point = test.points.filter(prevu_le=jour_de()).first()
        return _tenir(request, test, membre, point or PointRegulier(test=test, prevu_le=jour_de()))
    return _page_des_points(request, test, membre)


@require_http_methods(["GET", "HEAD", "POST"])
def point(request: RequeteConnectee, pk: int, numero: int) -> HttpResponse:
    """One point: held late, or corrected."""
    test, membre = a_accompagner(request.user, pk)
    point = get_object_or_404(test.points, pk=numero)
    if request.method == "POST":
        return _tenir(request, test, membre, point)
    ouvert = membre and test.tourne and point.prevu_le <= jour_de()
    form = PointForm(instance=point) if ouvert else None
    return _page_du_point(request, test, point, form, point.version())


def _tenir(
    request: RequeteConnectee, test: Test, membre: bool, point: PointRegulier
) -> HttpResponse:
    if not membre:
        raise PermissionDenied
    version, form = point.version(), PointForm(request.POST, instance=point)
    if not form.is_valid():
        return _page_du_point(request, test, point, form, version, 422)
    try:
        point.tenir(par=request.user, vue=request.POST.get("version", ""))
    except PointImpossible as refus:
        messages.error(request, f"{refus} Votre texte n'est pas enregistré : copiez-le d'ici.")
        return _page_du_point(request, test, point, form, version, 409)
    except PointChange as change:
        garde = change.point
        return _page_du_point(request, test, garde, form, garde.version(), 409, _ecarts(garde))
    messages.success(request, "Point enregistré.")
    return redirect("tests_programme:points", test.pk)


def _ecarts(garde: PointRegulier) -> list[tuple[str, str]]:
    """What is kept, since the person typed something else: (label, text)."""
    return [
        ("Ce que nous voyons", garde.constat),
        ("Ce qui nous inquiète", garde.inquietude or "(vide)"),
        ("On continue ?", "Oui" if garde.on_continue else "Non"),
    ]


def _page_du_point(
    request: RequeteConnectee,
    test: Test,
    point: PointRegulier,
    form: PointForm | None,
    version: str,
    status: int = 200,
    ecarts: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    contexte = {
        "rubrique": "tests",
        "onglet": "points",
        "test": test,
        "point": point,
        "form": form,
        "version": version,
        "conflit": ecarts is not None,
        "ecarts": ecarts,
        "membre": False,  # the page is the form already, or nothing is written any more
    }
    return render(request, "tests_programme/point.html", contexte, status=status)


def _page_des_points(request: RequeteConnectee, test: Test, membre: bool) -> HttpResponse:
    """Some nine queries, however many points there are."""
    aujourd_hui = jour_de()
    a_tenir = _a_tenir(test, aujourd_hui) if membre and test.tourne else None
    passes = test.points.passes(aujourd_hui).select_related("par")
    place = _lire(request.GET.get("apres", ""))
    page = list((passes.filter(prevu_le__lt=place) if place else passes)[: PAR_PAGE + 1])
    contexte = {
        "rubrique": "tests",
        "onglet": "points",
        "test": test,
        "membre": membre,
        "form": PointForm(instance=a_tenir) if a_tenir else None,
        "a_tenir": a_tenir,
        "version": a_tenir.version() if a_tenir else "",
        "a_venir": test.points.a_venir(aujourd_hui)[:3],
        "passes": page[:PAR_PAGE],
        "doute": _dernier_est_non(test),
        "suivante": f"?apres={page[PAR_PAGE - 1].prevu_le:%Y%m%d}" if len(page) > PAR_PAGE else "",
        "debut": request.path if place else "",
    }
    return render(request, "tests_programme/points.html", contexte)


def _a_tenir(test: Test, aujourd_hui: dt.date) -> PointRegulier | None:
    """The point on top: the last one that was missed, else one of today; None once today's is held."""
    attendu: PointRegulier | None = test.points.attendu(aujourd_hui)
    if attendu is None and not test.points.filter(prevu_le=aujourd_hui).exists():
        return PointRegulier(test=test, prevu_le=aujourd_hui)
    return attendu


def _dernier_est_non(test: Test) -> bool:
    """Whether the team last said that it does not go on."""
    dernier = test.points.filter(tenu_le__isnull=False).order_by("-prevu_le").first()
    return test.tourne and dernier is not None and dernier.on_continue is False


def _lire(marque: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(marque, "%Y%m%d").date()  # noqa: DTZ007
    except ValueError:
        return None
