"""What narrows a list: one form read from the address, shared by the screen and its exports."""

from collections.abc import Mapping
from typing import Any

from django import forms


class Filtre(forms.Form):
    """A form whose fields are all optional. Rooms add fields and ``appliquer(queryset, …)``.

    A value that names nothing is an error the screen shows, and narrows the list to nothing: what
    was asked is never silently widened.
    """

    # Other spellings of a field in an address: {"mot-cle": "mot_cle"}.
    ALIAS: Mapping[str, str] = {}

    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        # Always bound: an empty query string is the empty filter. Only our own fields are read.
        lues = {self.ALIAS.get(nom, nom): (data or {})[nom] for nom in data or {}}
        super().__init__(
            {nom: str(lues[nom]).strip() for nom in self.base_fields if nom in lues}, **kwargs
        )

    @property
    def criteres(self) -> dict[str, str]:
        """What was asked, as it stands in the address; empty fields left out."""
        return {nom: valeur for nom, valeur in self.data.items() if valeur}
