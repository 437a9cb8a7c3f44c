"""One picture or file in a form, and the fields files arrive by."""

import base64
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.files.storage import default_storage

from config.images import petite
from tests_programme.garde import FichierGarde
from tests_programme.models import PieceJointe


class ChoixDeFichiers(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FichiersField(forms.Field):
    """Several files; what each is, is looked at when they arrive (PiecesForm)."""

    def __init__(self, *, accept: str, **kwargs: Any) -> None:
        widget = ChoixDeFichiers({"multiple": True, "accept": accept})
        super().__init__(required=False, widget=widget, **kwargs)


class Ligne:
    """A picture or a file of the form: already in the note, or kept until it is."""

    def __init__(self, fichier: PieceJointe | FichierGarde) -> None:
        self.fichier = fichier
        self.piece = fichier if isinstance(fichier, PieceJointe) else None
        self.garde = fichier if isinstance(fichier, FichierGarde) else None
        self.chemin = fichier.chemin if self.garde else str(fichier.fichier.name)  # type: ignore[union-attr]
        self.cle = PurePosixPath(self.chemin).stem
        self.est_image = fichier.est_image
        self.nom = fichier.nom

    @property
    def vignette(self) -> str:
        """A small picture to recognise it by, inside the page; empty for a document, or when it is lost."""
        if not self.est_image:
            return ""
        try:
            with default_storage.open(self.chemin) as fichier:
                contenu = petite(fichier.read(), 160)
        except OSError:
            return ""
        return "data:image/jpeg;base64," + base64.b64encode(contenu).decode()
