"""A message of the thread with those who animate."""

from django import forms

from config.saisie import LONGUEUR_TEXTE, ZoneDeTexte


class EchangeForm(forms.Form):
    """A few words."""

    use_required_attribute = False
    texte = forms.CharField(
        label="Votre message",
        max_length=LONGUEUR_TEXTE,
        widget=ZoneDeTexte({"rows": 4}),
        error_messages={"required": "Écrivez votre message."},
    )
