"""What people type: how long a text may be, the box it is typed in, the numbers an address names."""

from typing import Any

from django import forms

LONGUEUR_TEXTE = 20_000  # characters of one text of a test: some ten pages
LONGUEUR_EDITION = 50_000  # of one text of the catalogue


class ZoneDeTexte(forms.Textarea):
    """A box that takes in a text too long for its field, which the form then refuses in words.

    With ``maxlength`` a browser cuts a paste without a word: its end would be lost.
    """

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        attrs.pop("maxlength", None)
        return attrs


def numero(valeur: str) -> int:
    """The row number that an address or a form names; 0, which no row has, when it names none."""
    return int(valeur) if valeur.isascii() and valeur.isdecimal() and len(valeur) < 19 else 0
