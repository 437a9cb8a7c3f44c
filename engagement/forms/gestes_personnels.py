"""What a person does from their own page, one small form a gesture."""

from typing import Any

from django import forms

from config.jours import jour_de
from engagement.forms.dates import Jour, verifier_ordre


class AbsenceForm(forms.Form):
    """From one day to another, both included; one day when the last is left blank."""

    use_required_attribute = False
    debut = Jour(label="Absent·e du", error_messages={"required": "Dites à partir de quel jour."})
    fin = Jour(label="au", required=False, help_text="Vide : ce jour-là seulement.")

    def clean(self) -> dict[str, Any]:
        """One that is over is of no use; one of ten years is a pause, or an end."""
        donnees: dict[str, Any] = super().clean() or self.cleaned_data
        donnees["fin"] = donnees.get("fin") or donnees.get("debut")
        verifier_ordre(self, "La fin de l'absence vient après son début.")
        fin, debut = donnees.get("fin"), donnees.get("debut")
        if fin and not self.errors and fin < jour_de():
            self.add_error("fin", "Cette absence est déjà passée.")
        elif fin and debut and not self.errors and (fin - debut).days > 366:
            self.add_error("fin", "Plus d'un an : faites plutôt une pause.")
        return donnees
