"""Forms that two people may hold open at once: the second is told what the first wrote."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.db.models import Model

from reflexes.models import empreinte_de

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Divergence:
    """One field that somebody else changed since the form was opened."""

    libelle: str
    actuel: str
    ecrit: str


class FormRelu(forms.ModelForm):  # type: ignore[type-arg]
    """A form that carries, in ``lu``, the fingerprint of what its reader had before their eyes.

    When the row has changed since, the form is refused once, with both texts; sent again, it is
    knowingly that it replaces the other one. Lock the row before binding.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empreinte = ""
        self.divergences: list[Divergence] = []
        if self.instance.pk:
            self._actuel = {nom: self[nom].initial for nom in self.fields}
            self.empreinte = empreinte_de({n: str(v) for n, v in self._actuel.items()})

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if self.instance.pk and self.data.get(self.add_prefix("lu"), "") != self.empreinte:
            self.divergences = list(self._diverge(donnees))
            if self.divergences:
                self.add_error(
                    None,
                    "Une autre personne a modifié cette page pendant que vous écriviez. Votre texte est "
                    "toujours là : comparez les deux ci-dessous, puis enregistrez celui que vous gardez.",
                )
        return donnees

    def _diverge(self, donnees: dict[str, Any]) -> "list[Divergence]":
        return [
            Divergence(
                str(self.fields[nom].label), self._en_mots(nom, actuel), self._en_mots(nom, ecrit)
            )
            for nom, actuel in self._actuel.items()
            if nom in donnees
            and self._en_mots(nom, actuel) != self._en_mots(nom, ecrit := donnees[nom])
        ]

    def _en_mots(self, nom: str, valeur: Any) -> str:
        """What a person reads of a value: a choice by its label, line ends alike."""
        champ = self.fields[nom]
        if isinstance(champ, forms.ModelChoiceField) and valeur and not isinstance(valeur, Model):
            valeur = (
                champ.queryset.filter(pk=valeur).first() if champ.queryset is not None else valeur
            )
        return "" if valeur is None else str(valeur).replace("\r\n", "\n").strip()

    def est_repetition_de(self, deja: Model, champs: list[str]) -> bool:
        """Whether this new row says word for word what that one says: the same form, sent twice."""
        donnees = self.cleaned_data
        return not self.instance.pk and all(getattr(deja, c) == donnees.get(c) for c in champs)
