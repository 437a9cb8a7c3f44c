"""The short form of a regular point."""

from typing import Any, cast

from django import forms

from config.saisie import ZoneDeTexte
from tests_programme.models import PointRegulier


class PointForm(forms.ModelForm):  # type: ignore[type-arg]
    """What we see, what worries us, do we go on."""

    use_required_attribute = False
    on_continue = forms.TypedChoiceField(
        label="On continue ?",
        choices=[("oui", "Oui"), ("non", "Non")],
        coerce=lambda dit: dit == "oui",
        widget=forms.RadioSelect,
        error_messages={"required": "Dites si on continue, même si on hésite."},
    )

    class Meta:
        model = PointRegulier
        fields = ["constat", "inquietude", "on_continue"]
        widgets = {"constat": ZoneDeTexte({"rows": 3}), "inquietude": ZoneDeTexte({"rows": 3})}
        labels = {"constat": "Ce que nous voyons", "inquietude": "Ce qui nous inquiète"}
        help_texts = {"inquietude": "Rien ? Laissez vide."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        constat = cast(forms.CharField, self.fields["constat"])
        constat.required = True
        constat.error_messages["required"] = "Écrivez quelques mots de ce que vous voyez."
        dit = self.instance.on_continue
        self.initial["on_continue"] = "" if dit is None else "oui" if dit else "non"
