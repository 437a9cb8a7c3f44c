"""A session as its animation writes it."""

from typing import Any

from django import forms

from config.saisie import ZoneDeTexte
from tests_programme.forms.dates_bornees import JourPlausible, verifier_ordre
from tests_programme.models import Seance

AIRE = {"rows": 5}


class SeanceForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is announced to everybody, then what stays among the people of the programme."""

    use_required_attribute = False
    debut = JourPlausible(
        label="Jour", required=False, help_text="Le premier, si la séance en prend plusieurs."
    )
    fin = JourPlausible(
        label="Dernier jour", required=False, help_text="Vide, si la séance tient en un jour."
    )

    class Meta:
        model = Seance
        fields = [
            "titre", "debut", "fin", "periode", "lieu", "texte", "ordre_du_jour", "participants",
            "notes",
        ]  # fmt: skip
        labels = {
            "periode": "Période, en mots",
            "texte": "Présentation",
            "ordre_du_jour": "Ordre du jour",
            "participants": "Qui participe",
            "notes": "Notes",
        }
        widgets = {
            nom: ZoneDeTexte(AIRE) for nom in ("texte", "ordre_du_jour", "participants", "notes")
        }
        help_texts = {
            "periode": "Tant que le jour n'est pas fixé : « mi-mars », « entre janvier et mars ».",
            "lieu": "Une adresse, une salle, ou « à distance ».",
            "participants": "Des fonctions et des organisations, sans nom de personne. Lu par le programme seulement.",
            "notes": "Ce qu'on s'y est dit. Lu par le programme seulement.",
        }
        error_messages = {"titre": {"required": "Donnez un titre à la séance."}}

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or self.cleaned_data
        if donnees.get("fin") and not donnees.get("debut") and "debut" not in self.errors:
            self.add_error("debut", "Indiquez le premier jour, puisque vous donnez le dernier.")
        verifier_ordre(self, "Une séance ne peut pas finir avant d'avoir commencé.")
        return donnees
