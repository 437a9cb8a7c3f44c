"""A large export: asked for, watched, stopped, begun again, taken."""

import uuid

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rapports.colonnes import Lecture
from rapports.exports import ColonneInconnue
from rapports.formats import FORMATS
from rapports.models import ExportFait
from rapports.preparation import fichier_de
from rapports.views.exports import a_telecharger, export_de, lecteur, page


@require_http_methods(["GET", "HEAD", "POST"])
def preparer(request: HttpRequest, quoi: str, format: str) -> HttpResponse:
    """How many rows would leave, and the button that asks for the file."""
    user = lecteur(request)
    choisi, ecrit = export_de(user, quoi, format)
    lecture = Lecture(user, timezone.now())
    filtre, colonnes = choisi.filtre(request.GET, user), request.GET.getlist("colonne")
    try:
        choisi = choisi.reduit_a(colonnes)
    except ColonneInconnue:
        return page(request, lecture, quoi, status=400)
    if not filtre.is_valid():
        return page(request, lecture, quoi, status=400)
    nombre = choisi.nombre(filtre, lecture)
    if request.method == "POST":
        fait = ExportFait.demander(
            export=choisi, format=format, filtre=filtre.criteres, colonnes=colonnes,
            total=nombre, par=user,
        )  # fmt: skip
        return redirect(fait)
    contexte = {"export": choisi, "format": ecrit, "nombre": nombre, "filtre": filtre.criteres}
    return render(request, "rapports/preparer.html", contexte)


@require_safe
def suivi(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Where it is; the bar alone when htmx asks."""
    fait = _le_sien(request, reference)
    gabarit = (
        "rapports/_avancement.html" if getattr(request, "htmx", False) else "rapports/suivi.html"
    )
    return render(request, gabarit, {"fait": fait, "format": FORMATS[fait.format]})


@require_POST
def annuler(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Stop it."""
    fait = _le_sien(request, reference)
    if fait.annuler():
        messages.success(request, "La préparation est arrêtée. Rien n'a été envoyé.")
    return redirect(fait)


@require_POST
def relancer(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Begin it again where it stopped."""
    fait = _le_sien(request, reference)
    if fait.relancer():
        messages.success(request, "La préparation reprend là où elle s'était arrêtée.")
    return redirect(fait)


@require_safe
def fichier(request: HttpRequest, reference: uuid.UUID) -> HttpResponseBase:
    """The file, for whoever asked for it, for seven days; its page says what happened when it is gone."""
    fait = _le_sien(request, reference)
    chemin = fichier_de(fait)
    if not fait.est_a_prendre() or not chemin.exists():
        contexte = {"fait": fait, "format": FORMATS[fait.format]}
        return render(request, "rapports/suivi.html", contexte, status=410)
    reponse = FileResponse(chemin.open("rb"), content_type=FORMATS[fait.format].type_mime)
    return a_telecharger(reponse, fait.nom_du_fichier)


def _le_sien(request: HttpRequest, reference: uuid.UUID) -> ExportFait:
    """A prepared export of this very person: nobody else takes it, whatever their role. Raises Http404."""
    user = lecteur(request)
    preparees = ExportFait.objects.filter(par=user).exclude(etat=ExportFait.Etat.AUSSITOT)
    fait: ExportFait | None = preparees.filter(reference=reference).first()
    if fait is None:
        raise Http404
    return fait
