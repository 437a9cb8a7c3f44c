"""What is asked once an évaluation waits, and once it is long published."""

from typing import Any

from django import forms

from config.saisie import LONGUEUR_TEXTE, ZoneDeTexte


class RemarqueForm(forms.Form):
    """Why the évaluation goes back to its team."""

    use_required_attribute = False
    remarque = forms.CharField(
        label="Votre remarque",
        widget=ZoneDeTexte({"rows": 3}),
        max_length=LONGUEUR_TEXTE,
        help_text="Ce qui manque, ce qui n'est pas clair, la voix qu'on n'entend pas.",
        error_messages={"required": "Dites en une phrase ce qui reste à revoir."},
    )


class PerenniteForm(forms.Form):
    """Whether what was to last still stands."""

    use_required_attribute = False
    tient = forms.ChoiceField(
        label="Cela tient-il toujours ?",
        choices=[("oui", "Oui, cela tient"), ("non", "Non, plus maintenant")],
        widget=forms.RadioSelect,
        error_messages={"required": "Répondez par oui ou par non."},
    )
    texte = forms.CharField(
        label="Ce qu'il en reste, en quelques mots",
        widget=ZoneDeTexte({"rows": 4}),
        max_length=LONGUEUR_TEXTE,
        required=False,
        help_text="Ce qui a changé de forme, ce qui s'est perdu, ce qui a grandi. Affiché sur la page du test.",
    )

    @property
    def reponse(self) -> dict[str, Any]:
        """The answer as the test's method takes it."""
        return {"tient": self.cleaned_data["tient"] == "oui", "texte": self.cleaned_data["texte"]}
