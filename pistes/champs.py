"""Choosing a piste by its public title, in filters and in forms."""

from typing import Any

from django import forms

from config.saisie import ZoneDeTexte
from pistes.models import EditionPiste, Piste


class ZoneDeProse(ZoneDeTexte):
    """A box for a text of the catalogue: a browser's line ends become ours, so that sent back unchanged
    it is the same text."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        valeur = super().value_from_datadict(data, files, name)
        return valeur.replace("\r\n", "\n") if isinstance(valeur, str) else valeur


class ChoixDePiste(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The published pistes. One query for all their titles."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Piste.objects.publiees(), **kwargs)
        self.titres: dict[int, str] | None = None

    def label_from_instance(self, obj: Piste) -> str:
        if self.titres is None:  # fields are copied for each form: read once a page
            self.titres = dict(EditionPiste.objects.publies().values_list("piste_id", "titre"))
        return self.titres.get(obj.pk, obj.cle)
