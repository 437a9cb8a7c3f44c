"""For which pole a test speaks: one question a terrain its piste answers."""

from typing import Any

from django import forms
from django.db import transaction

from reflexes.models import Pole, TerrainFige
from tests_programme.models import Appui, Test


class AppuisForm(forms.Form):
    """Leaving a question alone is an answer: the test says nothing of that terrain."""

    use_required_attribute = False

    def __init__(self, *args: Any, test: Test, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.test = test
        self.terrains = list(
            TerrainFige.objects.en_vigueur()
            .filter(terrain__pistes=test.piste_id)
            .select_related("controverse")
            .order_by("pk")
        )
        dits = dict(test.appuis.values_list("terrain", "pole"))
        for fige in self.terrains:
            self.fields[f"terrain_{fige.terrain_id}"] = forms.ChoiceField(
                label=f"{fige.numero} {fige.titre}",
                choices=[
                    (Pole.A, fige.controverse.pole_a),
                    (Pole.B, fige.controverse.pole_b),
                    ("", "Le test n'en dit rien"),
                ],
                initial=dits.get(fige.terrain_id, ""),
                required=False,
                widget=forms.RadioSelect,
            )

    @transaction.atomic
    def enregistrer(self) -> None:
        """Write what is said now of each terrain shown; what was said of others stays.

        A terrain tied to the piste since the page was opened was not shown: a colleague's answer is kept.
        """
        for fige in self.terrains:
            nom = f"terrain_{fige.terrain_id}"
            if nom not in self.data:
                continue
            pole = self.cleaned_data[nom]
            sien = {"test": self.test, "terrain_id": fige.terrain_id}
            if pole:
                Appui.objects.update_or_create(**sien, defaults={"pole": pole})
            else:
                Appui.objects.filter(**sien).delete()
