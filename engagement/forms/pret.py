"""Leaving and coming back: the state in words, one picture or more, each described."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms

from config.fichiers import FichierPret, FichierRefuse, preparer_image
from config.jours import PARIS
from config.saisie import LONGUEUR_TEXTE, ZoneDeTexte
from engagement.forms.dates import Jour

if TYPE_CHECKING:
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

PHOTOS = 3  # lines of the form; a loan takes no more at once


class EtatForm(forms.Form):
    """The state of the thing, and up to three pictures. At a counter: one box, one button."""

    use_required_attribute = False
    etat = forms.CharField(
        label="Dans quel état est-ce ?",
        widget=ZoneDeTexte({"rows": 3}),
        max_length=LONGUEUR_TEXTE,
        help_text="Ce qui manque, ce qui est usé, ce qui va avec : clés, câbles, housse.",
        error_messages={"required": "Dites l'état en quelques mots : « bon état » suffit."},
    )

    def __init__(
        self,
        data: "QueryDict | None" = None,
        files: "MultiValueDict[str, Any] | None" = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.photos: list[tuple[FichierPret, str]] = []
        for rang in range(1, PHOTOS + 1):
            self.fields[f"photo_{rang}"] = forms.FileField(
                label=f"Photo {rang}",
                required=False,
                widget=forms.FileInput({"accept": "image/*"}),
            )
            self.fields[f"vue_{rang}"] = forms.CharField(
                label=f"Ce qu'on voit sur la photo {rang}", required=False, max_length=200
            )

    @property
    def lignes(self) -> list[tuple[Any, Any]]:
        """For the page: each picture beside its words."""
        return [(self[f"photo_{rang}"], self[f"vue_{rang}"]) for rang in range(1, PHOTOS + 1)]

    def clean(self) -> dict[str, Any]:
        """Each picture is one, and is described; each refused one is named."""
        saisie: dict[str, Any] = super().clean() or self.cleaned_data
        for rang in range(1, PHOTOS + 1):
            envoyee, vue = saisie.get(f"photo_{rang}"), saisie.get(f"vue_{rang}")
            if envoyee is None:
                continue
            if not vue:
                if f"vue_{rang}" not in self.errors:
                    self.add_error(
                        f"vue_{rang}",
                        "Dites ce qu'on voit sur cette photo, pour qui ne la voit pas. "
                        "Il faudra la choisir à nouveau.",
                    )
                continue
            try:
                self.photos.append((preparer_image(envoyee), vue))
            except FichierRefuse as refus:
                self.add_error(f"photo_{rang}", str(refus))
        return saisie


class RetourDuPretForm(EtatForm):
    """The same, when it comes back."""

    abime = forms.BooleanField(label="C'est abîmé ou incomplet", required=False)
    field_order = ["etat", "abime"]


class ProlongationForm(forms.Form):
    """A later day, at the same hour."""

    use_required_attribute = False
    jour = Jour(label="À rendre le")

    def __init__(self, *args: Any, fin: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fin = fin

    def nouvelle_fin(self) -> dt.datetime:
        """The typed day, at the hour of today's end, in Paris."""
        heure = self.fin.astimezone(PARIS).time()
        return dt.datetime.combine(self.cleaned_data["jour"], heure, tzinfo=PARIS)
