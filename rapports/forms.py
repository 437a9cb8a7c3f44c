"""What a team types before printing."""

from django import forms

from rapports.affiches import LONGUEUR_CONTACT


class AfficheForm(forms.Form):
    """Printed on the sheet, kept nowhere: sent by POST, it stays out of addresses and logs."""

    contact = forms.CharField(
        label="Où vous joindre",
        required=False,
        max_length=LONGUEUR_CONTACT,
        help_text="Facultatif. Par exemple : l'accueil de la mairie, 02 00 00 00 00. "
        "Imprimé sur l'affiche, jamais enregistré.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
