"""Choosing a piste by its public title, in filters and in forms."""

from typing import Any

from django import forms
from django.db.models import OuterRef, Subquery

from config.saisie import ZoneDeTexte
from pistes.models import EditionPiste, Piste


class ZoneDeProse(ZoneDeTexte):
    """A box for a text of the catalogue: a browser's line ends become ours, so that sent back unchanged
    it is the same text."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        valeur = super().value_from_datadict(data, files, name)
        return valeur.replace("\r\n", "\n") if isinstance(valeur, str) else valeur


class ChoixDePiste(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The published pistes, each with its public title. One query."""

    def __init__(self, **kwargs: Any) -> None:
        titre = EditionPiste.objects.publies().filter(piste=OuterRef("pk")).order_by()
        pistes = Piste.objects.publiees().annotate(titre_public=Subquery(titre.values("titre")[:1]))
        super().__init__(pistes, **kwargs)

    def label_from_instance(self, obj: Piste) -> str:
        return str(getattr(obj, "titre_public", None) or obj.cle)
