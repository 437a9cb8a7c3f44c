"""Links people type: addresses on the public web, and nothing else."""

import ipaddress
import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError

# Names that only mean something inside a house or a machine (RFC 6761, 6762, 8375, and custom).
_NOMS_INTERNES = (
    ".localhost", ".local", ".internal", ".intranet", ".lan", ".home", ".corp", ".private",
    ".home.arpa", ".test", ".invalid", ".example", ".onion",
)  # fmt: skip
# 2130706433, 0x7f.1, 0177.0.0.1: browsers and libraries read them as addresses of machines.
_CHIFFREE = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*", re.IGNORECASE)
_IPV6_DU_MONDE = ipaddress.ip_network("2000::/3")
REFUS = (
    "Ce lien mène à un réseau privé ou à un ordinateur, pas à une page publique : "
    "donnez l'adresse d'un site que tout le monde peut ouvrir."
)


def obstacle_au_lien(adresse: str) -> str:
    """Why this address is not a link to the public web, in words; "" when it is one. No look-up is made."""
    try:
        parties = urlsplit(adresse.strip())
        hote = (parties.hostname or "").rstrip(".").lower()
        _ = parties.port
    except ValueError:
        return "Cette adresse n'est pas complète : copiez-la depuis la barre du navigateur."
    if parties.scheme not in {"http", "https"} or not hote:
        return "Un lien commence par https:// ou http://, suivi du nom d'un site."
    if parties.username is not None or parties.password is not None:
        return "Un lien ne contient ni identifiant ni mot de passe."
    return REFUS if not _est_public(hote) else ""


def _est_public(hote: str) -> bool:
    try:
        adresse = ipaddress.ip_address(hote)
    except ValueError:
        if _CHIFFREE.fullmatch(hote):
            return False
        return "." in hote and not hote.endswith(_NOMS_INTERNES)
    return est_publique(adresse)


def est_publique(adresse: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether this address is a machine of the public internet, whatever it is dressed as.

    Of IPv6, only what is given out to the world (2000::/3), without the tunnels (6to4, Teredo) that carry an
    IPv4 address inside; an IPv4 address written as IPv6 is judged as itself.
    """
    if isinstance(adresse, ipaddress.IPv6Address):
        if adresse.ipv4_mapped is not None:
            return est_publique(adresse.ipv4_mapped)
        if adresse not in _IPV6_DU_MONDE or adresse.sixtofour or adresse.teredo:
            return False
    return adresse.is_global and not adresse.is_multicast


def valider_lien_public(valeur: str) -> None:
    """Validator of link fields. Raises ValidationError."""
    if obstacle := obstacle_au_lien(valeur):
        raise ValidationError(obstacle, code="lien")


class LienPublicField(forms.URLField):
    """A link to the public web, https when nothing is said."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"max_length": 500, "assume_scheme": "https", **kwargs}
        super().__init__(**kwargs)
        self.validators.append(valider_lien_public)
