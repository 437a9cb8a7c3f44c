"""A line of history as the cellule reads it: what it is about, and where that is."""

import dataclasses

from django.urls import reverse

from engagement.models import Ligne

# What each subject is called, and its page.
SUJETS = {
    "besoin": ("Besoin", "engagement:besoin"),
    "offre": ("Offre", "engagement:offre"),
    "mise_en_relation": ("Mise en relation", "engagement:mise_en_relation"),
    "dispositif": ("Dispositif", "engagement:dispositif"),
    # Its page logs that coordinates were seen: nobody goes there from a list by mistake.
    "personne": ("Personne", ""),
    "fiche_appel": ("Fiche d'appel", "engagement:fiche_appel"),
    "liste_appels": ("Liste d'appels", "engagement:liste_appels"),
}


@dataclasses.dataclass(frozen=True)
class LigneEnClair:
    """``adresse``: "" when it has no page."""

    ligne: Ligne
    quoi: str
    adresse: str


def en_clair(ligne: Ligne) -> LigneEnClair:
    """« Besoin 12 », with the address of its page."""
    genre, _, cle = ligne.sujet.partition(":")
    nom, page = SUJETS.get(genre, (genre.replace("_", " ").capitalize(), ""))
    return LigneEnClair(ligne, f"{nom} {cle}".strip(), _adresse(page, cle))


def _adresse(page: str, cle: str) -> str:
    return reverse(page, args=[int(cle)]) if page and cle.isdecimal() else ""
