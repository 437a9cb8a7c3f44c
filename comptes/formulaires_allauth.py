"""allauth's forms, where they ask for an address in other words than ours."""

from typing import Any

from allauth.account import forms

from comptes.forms import ADRESSE_INVALIDE


class _NotreAdresse:
    """« Adresse e-mail », as everywhere on the site; a label needs no placeholder to repeat it."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nom in {"login", "email"} & set(self.fields):
            champ = self.fields[nom]
            champ.label = "Adresse e-mail"
            champ.error_messages["invalid"] = ADRESSE_INVALIDE
            champ.widget.attrs.pop("placeholder", None)


class ConnexionForm(_NotreAdresse, forms.LoginForm):  # type: ignore[misc]
    """Signing in."""


class CreationDeCompteForm(_NotreAdresse, forms.SignupForm):  # type: ignore[misc]
    """Signing up."""


class AutreAdresseForm(_NotreAdresse, forms.AddEmailForm):  # type: ignore[misc]
    """A second address, or the one that replaces the first."""


class MotDePasseOublieForm(_NotreAdresse, forms.ResetPasswordForm):  # type: ignore[misc]
    """A lost password."""
