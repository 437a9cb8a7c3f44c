"""One document of a session."""

from typing import Any

from django import forms

from config.documents import ACCEPT_DOCUMENTS, DOCUMENTS_EN_MOTS
from config.fichiers import (
    TAILLE_DOCUMENT,
    FichierPret,
    FichierRefuse,
    Mo,
    preparer_document,
)


class DocumentForm(forms.Form):
    """The file; what its sender says of it is never believed (config/fichiers.py)."""

    use_required_attribute = False
    fichier = forms.FileField(
        label="Ajouter un document",
        widget=forms.FileInput(attrs={"accept": ACCEPT_DOCUMENTS}),
        help_text=f"{DOCUMENTS_EN_MOTS}, {TAILLE_DOCUMENT // Mo} Mo au plus. Sans nom de personne, si possible.",
        error_messages={
            "required": "Choisissez d'abord un fichier.",
            "empty": "Ce fichier est vide.",
        },
    )

    def clean_fichier(self) -> FichierPret:
        envoye: Any = self.cleaned_data["fichier"]
        try:
            return preparer_document(envoye)
        except FichierRefuse as refus:
            raise forms.ValidationError(str(refus)) from refus
