"""Pages of a developer's machine only: the gallery of components and the letter box."""

import email
import email.policy
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from config.exemples import exemples

NOMBRE_MONTRE = 100


@login_not_required
def composants(request: HttpRequest) -> HttpResponse:
    """Every component of the face, with real texts."""
    return render(request, "composants/galerie.html", {"exemples": exemples()})


@login_not_required
def courriers(request: HttpRequest) -> HttpResponse:
    """The mails sent from this machine, newest first."""
    messages = [_lire(path) for path in _fichiers()[:NOMBRE_MONTRE]]
    return render(request, "developpement/courriers.html", {"courriers": messages})


@login_not_required
def courrier(request: HttpRequest, nom: str) -> HttpResponse:
    """One mail, its plain text with clickable links."""
    for path_ in _fichiers():
        if path_.name == nom:
            return render(request, "developpement/courrier.html", {"courrier": _lire(path_)})
    raise Http404


def _fichiers() -> list[Path]:
    return sorted(Path(settings.DOSSIER_COURRIERS).glob("*.eml"), reverse=True)


def _lire(fichier: Path) -> dict[str, object]:
    message = email.message_from_bytes(fichier.read_bytes(), policy=email.policy.default)
    corps = message.get_body(("plain",))
    return {
        "nom": fichier.name,
        "objet": message["Subject"],
        "destinataire": message["To"],
        "date": message["Date"],
        "texte": corps.get_content() if corps else "",
        "pieces": [piece.get_filename() for piece in message.iter_attachments()],
    }


urlpatterns = [
    path("_dev/composants/", composants, name="dev_composants"),
    path("_dev/courriers/", courriers, name="dev_courriers"),
    path("_dev/courriers/<str:nom>", courrier, name="dev_courrier"),
]
