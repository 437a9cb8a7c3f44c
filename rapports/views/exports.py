"""The page of exports and the downloads given at once."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from comptes.models import Utilisateur
from config.filtres import Filtre
from config.jours import jour_de
from rapports import dictionnaire, ecriture_csv
from rapports.catalogue import EXPORTS, exports_de
from rapports.colonnes import Lecture, Ligne
from rapports.exports import ColonneInconnue, Export
from rapports.formats import FORMATS, Format
from rapports.models import ExportFait
from rapports.preparation import entete

DERNIERS = 20


@require_GET
def exports(request: HttpRequest) -> HttpResponse:
    """What can be taken, how many rows under a filter (``?quoi=`` names whose), what was taken."""
    lecture = Lecture(lecteur(request), timezone.now())
    return page(request, lecture, request.GET.get("quoi", ""))


@require_GET
def export(request: HttpRequest, quoi: str, format: str) -> HttpResponseBase:
    """One file, filtered as the list on the screen; a filter that names nothing is sent back.

    A large one is prepared apart: the answer leads to where one asks for it.
    """
    user = lecteur(request)
    choisi, ecrit = export_de(user, quoi, format)
    lecture = Lecture(user, timezone.now())
    try:
        choisi = choisi.reduit_a(request.GET.getlist("colonne"))
    except ColonneInconnue:
        return page(request, lecture, quoi, status=400)
    filtre = choisi.filtre(request.GET, user)
    if not filtre.is_valid():
        return page(request, lecture, quoi, status=400)
    if choisi.nombre(filtre, lecture) > ecrit.aussitot:
        vers = reverse("rapports:preparer", args=[quoi, format])
        return HttpResponseRedirect(f"{vers}?{request.GET.urlencode()}")
    fait = ExportFait.objects.create(
        quoi=quoi,
        format=format,
        filtre=filtre.criteres,
        colonnes=request.GET.getlist("colonne"),
        par=user,
        fait_le=lecture.at,
    )
    lignes = comptees(choisi.lignes(filtre, lecture, tableur=ecrit.tableur), fait)
    return a_telecharger(reponse_de(ecrit, choisi, lignes, fait), fait.nom_du_fichier)


@require_GET
def dictionnaire_des_colonnes(request: HttpRequest, quoi: str) -> HttpResponseBase:
    """What each column means, as CSV: XLSX, ODS and JSON carry it inside."""
    choisi, _ = export_de(lecteur(request), quoi, "csv")
    morceaux = ecriture_csv.morceaux(*dictionnaire.de(choisi.colonnes))
    reponse = StreamingHttpResponse(morceaux, content_type=FORMATS["csv"].type_mime)
    return a_telecharger(reponse, f"{quoi}-colonnes-{jour_de():%Y-%m-%d}.csv")


def lecteur(request: HttpRequest) -> Utilisateur:
    """Who asks; raises PermissionDenied."""
    if isinstance(request.user, AnonymousUser) or not request.user.has_perm("rapports.exporter"):
        raise PermissionDenied
    return request.user


def export_de(user: Utilisateur, quoi: str, format: str) -> tuple[Export, Format]:
    """What the address names. Raises Http404 when there is no such thing, PermissionDenied when not theirs."""
    if quoi not in EXPORTS or format not in FORMATS:
        raise Http404
    if not EXPORTS[quoi].ouvert_a(user):
        raise PermissionDenied
    return EXPORTS[quoi].pour(user), FORMATS[format]


def a_telecharger(reponse: HttpResponseBase, nom: str) -> HttpResponseBase:
    """A download, for this person alone."""
    reponse["Content-Disposition"] = content_disposition_header(True, nom)
    reponse["X-Content-Type-Options"] = "nosniff"
    reponse["Cache-Control"] = "private, no-store"
    return reponse


def page(request: HttpRequest, lecture: Lecture, quoi: str, status: int = 200) -> HttpResponse:
    """The page, its form for ``quoi`` filled with the address."""
    blocs: list[dict[str, Any]] = []
    gardees = request.GET.getlist("colonne")
    for choix in exports_de(lecture.user):
        sien = choix.cle == quoi
        filtre: Filtre = choix.filtre(request.GET if sien else {}, lecture.user)
        filtre.auto_id = f"{choix.cle}-%s"  # two forms on one page, with fields of the same name
        nombre = choix.nombre(filtre, lecture)
        cles = {colonne.cle for colonne in choix.colonnes}
        gardees_ici = cles & set(gardees) if sien and gardees else cles
        blocs.append(
            {
                "export": choix,
                "filtre": filtre,
                "nombre": nombre,
                "gardees": gardees_ici or cles,
                "inconnues": sorted(set(gardees) - cles) if sien else [],
                "ouvert": sien and bool(gardees),
            }
        )
    faits = ExportFait.objects.visible_to(request.user).select_related("par")[:DERNIERS]
    contexte = {"blocs": blocs, "faits": faits, "formats": FORMATS.values()}
    return render(request, "rapports/exports.html", contexte, status=status)


def reponse_de(
    ecrit: Format, choisi: Export, lignes: Iterator[Ligne], fait: ExportFait
) -> HttpResponseBase:
    if ecrit.morceaux is not None:
        morceaux = ecrit.morceaux(choisi, lignes, entete(fait))
        return StreamingHttpResponse(morceaux, content_type=ecrit.type_mime)
    assert ecrit.fichier is not None
    return FileResponse(ecrit.fichier(choisi, lignes), content_type=ecrit.type_mime)


def comptees(lignes: Iterable[Ligne], fait: ExportFait) -> Iterator[Ligne]:
    """The same rows; once the last has left, their number is recorded."""
    nombre = 0
    for ligne in lignes:
        nombre += 1
        yield ligne
    fait.terminer(nombre)
