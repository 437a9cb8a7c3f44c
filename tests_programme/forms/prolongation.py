"""Reasons and dates asked by the actions."""

from typing import Any

from django import forms

from config.saisie import ZoneDeTexte
from tests_programme.forms.dates import DateDuTest


class MotifForm(forms.Form):
    """Why one stops or gives up."""

    use_required_attribute = False
    motif = forms.CharField(
        label="Pourquoi ?",
        widget=ZoneDeTexte({"rows": 3}),
        max_length=2000,
        required=False,
        help_text="Quelques mots suffisent. Ils restent dans l'historique du test.",
    )


class ProlongationForm(forms.Form):
    """The new date and the reason; the rules answer (manques)."""

    use_required_attribute = False
    nouvelle_date = DateDuTest(label="Nouvelle date de péremption")
    motif = forms.CharField(
        label="Pourquoi prolonger ?",
        widget=ZoneDeTexte({"rows": 3}),
        max_length=2000,
        required=False,
        help_text="Ce motif reste affiché sur la page du test.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nouvelle_date"].error_messages["required"] = "Choisissez la nouvelle date."
