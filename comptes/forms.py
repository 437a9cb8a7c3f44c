"""Forms of accounts."""

from django import forms


class InscriptionForm(forms.Form):
    """What allauth's sign-up asks beside e-mail and password."""

    nom = forms.CharField(label="Prénom et nom", max_length=120)

    def signup(self, request, user):  # type: ignore[no-untyped-def]
        """Called by allauth once the account exists."""
        user.nom = self.cleaned_data["nom"]
        user.save(update_fields=["nom"])
