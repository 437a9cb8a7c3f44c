"""Choosing a programme in a filter, without listing every one there ever was."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator

from tests_programme.models import Programme

PROPOSES = 60


class _Recents(ModelChoiceIterator):  # type: ignore[type-arg]
    """The latest programmes, and the one that was asked when it is older."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        yield ("", str(self.field.empty_label or ""))
        programmes = list(self.queryset[:PROPOSES])
        demande = getattr(self.field, "demande", "")
        if demande and all(programme.cle != demande for programme in programmes):
            programmes += self.queryset.filter(cle=demande)
        for programme in programmes:
            yield self.choice(programme)


class ChoixDeProgramme(forms.ModelChoiceField):  # type: ignore[type-arg]
    """By its clé. Older programmes are reached from their own page. ``demande``: the clé of the address."""

    iterator = _Recents
    demande = ""

    def __init__(self, **kwargs: Any) -> None:
        programmes = Programme.objects.only("cle", "titre", "debut")
        super().__init__(programmes, to_field_name="cle", **kwargs)
