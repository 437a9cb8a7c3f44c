"""Importing offers: the file, then the consent of the people it names. The file travels with the page, sealed."""

import base64
import zlib
from typing import Any

from django import forms
from django.core import signing

from engagement.models import Dispositif, Personne

SEL = "engagement.import_offres"
DUREE = 4 * 3600  # seconds: a morning to correct a file
PERDU = "Le fichier n'est plus dans la page : choisissez-le à nouveau. Rien n'a été importé."


def sceller(contenu: bytes, dispositif: Dispositif) -> str:
    """The file as a text only we can write: nothing of it is kept on the server between two pages."""
    texte = base64.b64encode(zlib.compress(contenu, 6)).decode()
    return signing.TimestampSigner(salt=f"{SEL}:{dispositif.pk}").sign(texte)


def desceller(scelle: str, dispositif: Dispositif) -> bytes | None:
    """The file back; None when it was changed, is too old, or came from another dispositif."""
    try:
        texte = signing.TimestampSigner(salt=f"{SEL}:{dispositif.pk}").unsign(scelle, max_age=DUREE)
        return zlib.decompress(base64.b64decode(texte))
    except (signing.BadSignature, ValueError, zlib.error):
        return None


class FichierForm(forms.Form):
    """The file to look at."""

    use_required_attribute = False
    fichier = forms.FileField(
        label="Le tableau, au format CSV",
        widget=forms.ClearableFileInput({"accept": ".csv,text/csv,text/plain"}),
        help_text="Rien n'est enregistré à cette étape : vous verrez d'abord ce qui a été compris.",
        error_messages={"required": "Choisissez un fichier.", "empty": "Ce fichier est vide."},
    )


class AccordForm(forms.Form):
    """On which ground all these people are in the file."""

    use_required_attribute = False
    consentement = forms.ChoiceField(
        label="Comment ces personnes ont donné leur accord",
        choices=Personne.Consentement.choices,
        widget=forms.RadioSelect,
    )
    precision = forms.CharField(
        label="Où et quand",
        max_length=150,
        help_text="« Formulaire du site de la ville, du 12 au 14 mars ». C'est écrit dans l'historique.",
        error_messages={"required": "Dites où et quand ces personnes ont dit oui."},
    )
    d_accord = forms.BooleanField(
        label="Toutes ces personnes savent que la cellule garde ces informations et s'en sert pour les joindre, "
        "et l'acceptent",
        error_messages={"required": "Sans leur accord, rien n'est gardé."},
    )
    prevenir = forms.BooleanField(
        label="Écrire à chaque personne qui a une adresse",
        required=False,
        initial=True,
        help_text="Un message dit que l'offre est enregistrée et donne le lien personnel, d'où tout peut être effacé.",
    )
    scelle = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, dispositif: Dispositif, scelle: str = "") -> None:
        super().__init__(data, initial={"scelle": scelle})
        self.dispositif = dispositif

    def clean_scelle(self) -> bytes:
        """The file itself. Raises ValidationError."""
        contenu = desceller(self.cleaned_data["scelle"], self.dispositif)
        if contenu is None:
            raise forms.ValidationError(PERDU)
        return contenu
