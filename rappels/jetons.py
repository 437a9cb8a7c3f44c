"""The personal link by which an address chooses what it receives."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

SEL = "rappels.choix"


def jeton_de(adresse: str) -> str:
    """The signed token of the personal link. It opens nothing but this choice, and does not expire."""
    return signing.Signer(salt=SEL).sign_object(adresse.lower())


def adresse_du_jeton(jeton: str) -> str | None:
    """The address of a link; None when the link was damaged."""
    try:
        return str(signing.Signer(salt=SEL).unsign_object(jeton))
    except (signing.BadSignature, ValueError, UnicodeError):
        return None


def lien_du_choix(adresse: str) -> str:
    """Where the address chooses what it receives, without signing in."""
    chemin = reverse("rappels:choix", args=[jeton_de(adresse)])
    return f"{settings.ADRESSE_PUBLIQUE}{chemin}"
