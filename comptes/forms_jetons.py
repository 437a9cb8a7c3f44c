"""What one says of a key before it is made."""

from django import forms

from comptes.models.jeton_api import DUREES, JetonApi


class JetonForm(forms.Form):
    """Its name, what it allows, how long it lives."""

    use_required_attribute = False

    nom = forms.CharField(
        label="À quoi il servira",
        max_length=80,
        help_text="Par exemple : « notre intranet ».",
        error_messages={"required": "Dites à quoi il servira : vous saurez lequel couper."},
    )
    portees = forms.MultipleChoiceField(
        label="Ce qu'il permet",
        choices=[(JetonApi.Portee.ECRIRE.value, JetonApi.Portee.ECRIRE.label)],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tout jeton permet de lire ce que vous pouvez lire.",
    )
    jours = forms.TypedChoiceField(
        label="Combien de temps",
        choices=[(jours, "un an" if jours == 365 else f"{jours} jours") for jours in DUREES],
        coerce=int,
        initial=90,
    )

    def clean_portees(self) -> list[str]:
        """Reading comes with every key."""
        return [JetonApi.Portee.LIRE.value, *self.cleaned_data["portees"]]
