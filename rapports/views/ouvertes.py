"""Open data: the page, its files, its catalogue. For everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import condition, require_safe

from rapports import dcat, ouvertes
from rapports.formats import FORMATS
from rapports.views.exports import a_telecharger


@login_not_required
@require_safe
def donnees_ouvertes(request: HttpRequest) -> HttpResponse:
    """What is published, when, what each column means."""
    contexte = {
        "jeux": ouvertes.jeux(),
        "licence": ouvertes.LICENCE,
        "adresse_licence": ouvertes.ADRESSE_LICENCE,
    }
    return render(request, "rapports/donnees_ouvertes.html", contexte)


@login_not_required
@require_safe
def catalogue_dcat(request: HttpRequest) -> HttpResponse:
    """The same for a machine that harvests."""
    return JsonResponse(
        dcat.catalogue(ouvertes.jeux()),
        content_type="application/ld+json",
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )


def _empreinte(request: HttpRequest, cle: str, format: str) -> str | None:
    """The fingerprint of the file of the night: asked again, unchanged, it is not sent again."""
    jeu = next((jeu for jeu in ouvertes.jeux() if jeu.export.cle == cle), None)
    return f'"{jeu.empreintes[format]}"' if jeu and format in jeu.empreintes else None


@login_not_required
@require_safe
@condition(etag_func=_empreinte)
def donnee_ouverte(request: HttpRequest, cle: str, format: str) -> HttpResponseBase:
    """One file."""
    if cle not in ouvertes.JEUX or format not in ouvertes.ECRITS:
        raise Http404
    try:
        fichier = ouvertes.fichier_de(cle, format).open("rb")
    except FileNotFoundError as erreur:
        raise Http404 from erreur
    reponse = FileResponse(fichier, content_type=FORMATS[format].type_mime)
    a_telecharger(reponse, f"{cle}.{format}")
    reponse["Cache-Control"] = "public, max-age=3600"
    reponse["Access-Control-Allow-Origin"] = "*"  # public, and read by programs in pages of others
    return reponse
