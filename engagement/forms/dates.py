"""Days somebody types: those of the picker and those of the keyboard, of this century."""

import datetime as dt
from typing import Any

from django import forms

PREMIERE, DERNIERE = dt.date(2000, 1, 1), dt.date(2099, 12, 31)


class Jour(forms.DateField):
    """2027-02-28 or 28/02/2027; 20266 or 0202 is a slip of the keyboard."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y"])
        super().__init__(**kwargs)
        self.error_messages["invalid"] = (
            "Cette date n'existe pas. Vérifiez le jour et le mois, par exemple 28/02/2027."
        )

    def clean(self, value: Any) -> dt.date | None:
        jour: dt.date | None = super().clean(value)
        if jour is not None and not PREMIERE <= jour <= DERNIERE:
            raise forms.ValidationError("Vérifiez l'année : elle s'écrit entre 2000 et 2099.")
        return jour


def verifier_ordre(form: forms.BaseForm, message: str) -> None:
    """Say under ``fin`` that it comes before ``debut``."""
    debut, fin = form.cleaned_data.get("debut"), form.cleaned_data.get("fin")
    if debut and fin and fin < debut:
        form.add_error("fin", message)
