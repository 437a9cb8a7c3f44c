"""Files people attach: what is taken in, under which name it is kept, how it is given back.

A file is known by its content, never by the name or the type its sender says.
"""

import dataclasses
import uuid
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.http import FileResponse, Http404, HttpResponse
from django.utils.text import get_valid_filename

from config.documents import TYPES, DocumentRefuse, extension_vraie
from config.images import ImageIllisible, petite, reduire

if TYPE_CHECKING:
    from django.core.files.base import File
    from django.core.files.uploadedfile import UploadedFile
    from django.db.models.fields.files import FieldFile

Mo = 1024 * 1024
TAILLE_IMAGE = 20 * Mo  # as it comes from a phone; what is kept is far smaller
TAILLE_DOCUMENT = 10 * Mo
LONGUEUR_NOM = 120


# What a served file is never allowed: to be guessed, run, or kept by a proxy for others.
ENTETES = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, max-age=600",
}


class FichierRefuse(Exception):
    """What the person is told, naming the file."""


@dataclasses.dataclass(frozen=True)
class FichierPret:
    """A file that may be kept: ``contenu`` bears the drawn name it is stored under."""

    contenu: "File[Any]"
    nom: str  # what people see, with the ending its content deserves
    type_mime: str
    taille: int
    largeur: int | None = None
    hauteur: int | None = None

    @property
    def est_image(self) -> bool:
        """Whether it is shown in the page."""
        return self.type_mime.startswith("image/")


def preparer_image(envoyee: "UploadedFile[Any]") -> FichierPret:
    """A picture, made small and stripped of its metadata. Raises FichierRefuse."""
    _peser(envoyee, TAILLE_IMAGE)
    try:
        image = reduire(envoyee)
    except ImageIllisible as erreur:
        raise FichierRefuse(f"« {_dit(envoyee)} » : {erreur}") from erreur
    return FichierPret(
        ContentFile(image.contenu, name=_nom_tire(image.extension)),
        _nom(envoyee, image.extension),
        image.type_mime,
        len(image.contenu),
        image.largeur,
        image.hauteur,
    )


def preparer_document(envoye: "UploadedFile[Any]") -> FichierPret:
    """A document of one of the listed kinds, as it is. Raises FichierRefuse."""
    _peser(envoye, TAILLE_DOCUMENT)
    try:
        extension = extension_vraie(envoye)
    except DocumentRefuse as erreur:
        raise FichierRefuse(f"« {_dit(envoye)} » : {erreur}") from erreur
    envoye.seek(0)
    nom = _nom(envoye, extension)
    envoye.name = _nom_tire(extension)
    return FichierPret(envoye, nom, TYPES[extension], envoye.size or 0)


def servir(
    fichier: "FieldFile", *, nom: str, type_mime: str, en_ligne: bool = False
) -> FileResponse:
    """The file, for somebody whose right was checked: never run, never guessed, never shared by a proxy.

    Raises Http404 when the disk no longer has it.
    """
    return FileResponse(
        _ouvrir(fichier),
        as_attachment=not en_ligne,
        filename=nom,
        content_type=type_mime,
        headers=ENTETES,
    )


def servir_en_petit(fichier: "FieldFile") -> HttpResponse:
    """A picture of ours as a list shows it, under the same conditions. Raises Http404."""
    with _ouvrir(fichier) as ouvert:
        try:
            contenu = petite(ouvert.read())
        except OSError as erreur:
            raise Http404 from erreur
    return HttpResponse(contenu, content_type="image/jpeg", headers=ENTETES)


def _ouvrir(fichier: "FieldFile") -> "File[Any]":
    try:
        return fichier.open("rb")
    except FileNotFoundError as erreur:
        raise Http404 from erreur


def _peser(envoye: "UploadedFile[Any]", limite: int) -> None:
    if not envoye.size:
        raise FichierRefuse(f"« {_dit(envoye)} » : ce fichier est vide.")
    if envoye.size > limite:
        raise FichierRefuse(
            f"« {_dit(envoye)} » : ce fichier est trop lourd ({envoye.size / Mo:.0f} Mo). "
            f"{limite // Mo} Mo au plus."
        )


def _dit(envoye: "UploadedFile[Any]") -> str:
    """Its name as its sender knows it."""
    return (envoye.name or "sans nom")[:LONGUEUR_NOM]


def _nom(envoye: "UploadedFile[Any]", extension: str) -> str:
    """A harmless name that people recognise."""
    racine = PurePosixPath(envoye.name or "").stem.replace("\x00", "")
    try:
        racine = get_valid_filename(racine)
    except SuspiciousFileOperation:  # nothing is left of it
        racine = "fichier"
    return f"{racine[:LONGUEUR_NOM]}.{extension}"


def _nom_tire(extension: str) -> str:
    """The name on the disk: nobody guesses it, and it says nothing."""
    return f"{uuid.uuid4().hex}.{extension}"
