"""Bringing a document in: a file or a pasted text."""

from typing import Any

from django import forms

from pistes.carnet.erreurs import CarnetIllisible
from pistes.carnet.lecture import decoder_texte
from pistes.champs import ZoneDeProse
from pistes.models import Importation

# Reading takes the square of nothing, but a page waits for it: 2 s for that much; the notebook has 0.2 MB.
TAILLE = 500_000


class ImportForm(forms.Form):
    """A file, or a text; its bytes become text here, with the same refusals as the command's."""

    fichier = forms.FileField(
        label="Fichier",
        required=False,
        allow_empty_file=True,
        help_text="Texte ou Markdown en UTF-8, 0,5 Mo au plus, sans les images.",
        widget=forms.FileInput({"accept": ".md,.markdown,.txt,text/plain,text/markdown"}),
    )
    texte = forms.CharField(
        label="Ou le texte lui-même",
        required=False,
        strip=False,
        widget=ZoneDeProse({"rows": 6}),
        help_text="Collez-le ici si vous n'avez pas de fichier.",
    )
    format = forms.ChoiceField(
        label="Document",
        required=False,
        choices=[("", "Le reconnaître"), *Importation.Format.choices],
    )

    def clean(self) -> dict[str, Any]:
        """One of the two; ``lu`` is its text, ``nom`` its name."""
        donnees = super().clean() or {}
        fichier, texte = donnees.get("fichier"), donnees.get("texte") or ""
        if self.errors:
            return donnees
        if bool(fichier is not None) == bool(texte.strip()):
            raise forms.ValidationError(
                "Choisissez un fichier, ou collez le texte." if fichier is None
                else "Un fichier ou un texte collé, pas les deux : videz l'un des deux."
            )  # fmt: skip
        if fichier is not None and fichier.size > TAILLE:
            self.add_error("fichier", _trop_gros(fichier.size))
            return donnees
        octets = fichier.read() if fichier is not None else texte.encode()
        donnees["nom"] = fichier.name if fichier is not None else "Texte collé"
        if len(octets) > TAILLE:
            self.add_error("texte", _trop_gros(len(octets)))
            return donnees
        try:
            donnees["lu"] = decoder_texte(octets, donnees["nom"])
        except CarnetIllisible as erreur:
            self.add_error("fichier" if fichier is not None else "texte", str(erreur))
        return donnees


def _trop_gros(taille: int) -> str:
    mo = f"{taille / 1_000_000:.1f}".replace(".", ",")
    return (
        f"Ce document est trop gros ({mo} Mo ; 0,5 Mo au plus). Rien n'a été importé, le catalogue "
        "reste tel quel. Donnez le texte sans les images, ou demandez l'import par la commande."
    )


class PlaceForm(forms.Form):
    """Where a piece that names no page goes."""

    rang = forms.IntegerField(
        label="Page ou numéro dans le recueil",
        min_value=1,
        max_value=30_000,
        help_text="Le document ne le dit pas. Si une piste y est déjà, ce texte en sera un nouveau brouillon.",
    )
