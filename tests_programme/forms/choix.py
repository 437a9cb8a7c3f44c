"""Ticking pistes and people in a list."""

from typing import Any

from django import forms

from comptes.models import Utilisateur
from pistes.models import EditionPiste, Piste

COCHES = forms.CheckboxSelectMultiple


class ChoixDePistes(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Pistes by their public title. One query for all the titles."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Piste.objects.publiees(), widget=COCHES, **kwargs)
        self.titres: dict[int, str] | None = None

    def label_from_instance(self, obj: Piste) -> str:
        if self.titres is None:
            self.titres = dict(EditionPiste.objects.publies().values_list("piste_id", "titre"))
        return self.titres.get(obj.pk, obj.cle)


class ChoixDePersonnes(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """People by name and function, never by address."""

    def label_from_instance(self, obj: Utilisateur) -> str:
        return ", ".join(mot for mot in (obj.nom_public, obj.fonction if obj.nom else "") if mot)
