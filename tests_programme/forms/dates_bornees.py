"""A day somebody plans: any of this century, none that a slip of the keyboard makes."""

import datetime as dt
from typing import Any

from django import forms

from tests_programme.forms.dates import DateDuTest

PREMIERE, DERNIERE = dt.date(2000, 1, 1), dt.date(2099, 12, 31)


class JourPlausible(DateDuTest):
    """A date of this century: 20266 or 0202 is a slip, and a calendar could not hold it."""

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
