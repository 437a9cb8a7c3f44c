"""The page of exports and the downloads. Administrateur·rices only."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from comptes.models import Utilisateur
from config.filtres import Filtre
from config.jours import jour_de
from rapports import ecriture_csv, ecriture_xlsx
from rapports.colonnes import Lecture, Ligne
from rapports.export_chantiers import CHANTIERS
from rapports.export_pistes import PISTES
from rapports.export_temoignages import TEMOIGNAGES
from rapports.export_tests import TESTS
from rapports.exports import Export
from rapports.models import ExportFait

EXPORTS = {export.cle: export for export in (TESTS, PISTES, CHANTIERS, TEMOIGNAGES)}
DERNIERS = 20
TYPE_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def exports(request: HttpRequest) -> HttpResponse:
    """What can be taken, how many rows under a filter (``?quoi=`` names whose), what was taken."""
    lecture = Lecture(_administrateur(request), timezone.now())
    return _page(request, lecture, request.GET.get("quoi", ""))


@require_GET
def export(request: HttpRequest, quoi: str, format: str) -> HttpResponseBase:
    """One file, filtered as the list on the screen; a filter that names nothing is sent back."""
    user = _administrateur(request)
    if quoi not in EXPORTS or format not in FORMATS:
        raise Http404
    choisi, lecture = EXPORTS[quoi], Lecture(user, timezone.now())
    filtre = choisi.filtre(request.GET, user)
    if not filtre.is_valid():
        return _page(request, lecture, quoi, status=400)
    fait = ExportFait.objects.create(
        quoi=quoi, format=format, filtre=filtre.criteres, par=user, fait_le=lecture.at
    )
    reponse = FORMATS[format](choisi, comptees(choisi.lignes(filtre, lecture), fait))
    nom = f"{quoi}-{jour_de(lecture.at):%Y-%m-%d}.{format}"
    reponse["Content-Disposition"] = content_disposition_header(True, nom)
    reponse["X-Content-Type-Options"] = "nosniff"
    reponse["Cache-Control"] = "private, no-store"
    return reponse


def _administrateur(request: HttpRequest) -> Utilisateur:
    """Who asks, when they may export; raises PermissionDenied."""
    if isinstance(request.user, AnonymousUser) or not request.user.has_perm("rapports.exporter"):
        raise PermissionDenied
    return request.user


def _page(request: HttpRequest, lecture: Lecture, quoi: str, status: int = 200) -> HttpResponse:
    """The page, its form for ``quoi`` filled with the address."""
    blocs: list[dict[str, Any]] = []
    for choix in EXPORTS.values():
        data = request.GET if choix.cle == quoi else {}
        filtre: Filtre = choix.filtre(data, lecture.user)
        filtre.auto_id = f"{choix.cle}-%s"  # two forms on one page, with fields of the same name
        nombre = choix.nombre(filtre, lecture)
        blocs.append({"export": choix, "filtre": filtre, "nombre": nombre})
    faits = ExportFait.objects.select_related("par")[:DERNIERS]
    contexte = {"blocs": blocs, "faits": faits}
    return render(request, "rapports/exports.html", contexte, status=status)


def comptees(lignes: Iterable[Ligne], fait: ExportFait) -> Iterator[Ligne]:
    """The same rows; once the last has left, their number is recorded."""
    nombre = 0
    for ligne in lignes:
        nombre += 1
        yield ligne
    fait.terminer(nombre)


def en_csv(choisi: Export, lignes: Iterator[Ligne]) -> HttpResponseBase:
    """As they are read."""
    morceaux = ecriture_csv.morceaux(choisi.colonnes, lignes)
    return StreamingHttpResponse(morceaux, content_type="text/csv; charset=utf-8")


def _xlsx(choisi: Export, lignes: Iterator[Ligne]) -> HttpResponseBase:
    fichier = ecriture_xlsx.fichier(choisi.titre, choisi.colonnes, lignes)
    return FileResponse(fichier, content_type=TYPE_XLSX)


FORMATS: dict[str, Callable[[Export, Iterator[Ligne]], HttpResponseBase]] = {
    "csv": en_csv,
    "xlsx": _xlsx,
}
