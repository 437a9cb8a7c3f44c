"""The one date field of this room: a native picker, and errors that say what is wrong."""

from typing import Any

from django import forms


class DateDuTest(forms.DateField):
    """Accepts what the picker sends (2027-02-28) and what people type (28/02/2027)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y"])
        super().__init__(**kwargs)
        self.error_messages["invalid"] = (
            "Cette date n'existe pas. Vérifiez le jour et le mois, par exemple 28/02/2027."
        )
