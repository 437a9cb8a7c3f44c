"""The map from controverses to pistes, as a page and as files."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pistes.carte.donnees import Carte
from pistes.carte.donnees import carte as lire_carte
from pistes.carte.images import en_png, en_svg
from pistes.carte.placement import placer


@login_not_required
@require_safe
def carte(request: HttpRequest) -> HttpResponse:
    """The whole map, or the paths of ``?controverse=`` or ``?orientation=``."""
    dessin = _carte(request)
    contexte = {
        "rubrique": "cartographie",
        "carte": dessin,
        "plan": placer(dessin),
        "requete": request.GET.urlencode() if dessin.choix else "",
    }
    return render(request, "pistes/carte.html", contexte)


@login_not_required
@require_safe
def carte_svg(request: HttpRequest) -> HttpResponse:
    """The picture as an SVG file."""
    svg = en_svg(placer(_carte(request)), settings.ADRESSE_PUBLIQUE.rstrip("/"))
    return _fichier(svg.encode(), "image/svg+xml", "svg")


@login_not_required
@require_safe
def carte_png(request: HttpRequest) -> HttpResponse:
    """The picture as a PNG file."""
    return _fichier(en_png(placer(_carte(request))), "image/png", "png")


def _carte(request: HttpRequest) -> Carte:
    choix = {nom: request.GET.get(nom, "") for nom in ("controverse", "orientation")}
    return lire_carte(**choix)


def _fichier(contenu: bytes, nature: str, extension: str) -> HttpResponse:
    nom = f'attachment; filename="carte-reflexes-publics.{extension}"'
    return HttpResponse(contenu, content_type=nature, headers={"Content-Disposition": nom})
