"""Inviting a reader, and commenting."""

from django import forms

from config.saisie import LONGUEUR_TEXTE, ZoneDeTexte


class InvitationMiroirForm(forms.Form):
    """An address, and how the person will be named."""

    use_required_attribute = False
    email = forms.EmailField(
        label="Adresse e-mail",
        max_length=254,
        error_messages={
            "invalid": "Cette adresse e-mail n'est pas valide.",
            "required": "Indiquez l'adresse de la personne à inviter.",
        },
    )
    fonction = forms.CharField(
        label="Fonction",
        max_length=120,
        required=False,
        help_text="Par exemple « directrice d'un centre social ». C'est ce qui signera ses commentaires.",
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class CommentaireForm(forms.Form):
    """A text, and nothing else."""

    use_required_attribute = False
    texte = forms.CharField(
        label="Votre commentaire",
        max_length=LONGUEUR_TEXTE,
        widget=ZoneDeTexte({"rows": 4}),
        help_text="Signé de votre fonction et de votre organisation, sans votre nom.",
        error_messages={"required": "Écrivez votre commentaire avant de l'envoyer."},
    )
