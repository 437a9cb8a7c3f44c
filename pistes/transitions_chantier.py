"""The life of a chantier as one table."""

from dataclasses import dataclass
from typing import Literal

Etat = Literal["idee", "ouvert", "clos", "abandonne"]


@dataclass(frozen=True)
class TransitionDeChantier:
    """From which states, to which, what the history calls it, what its button says."""

    de: tuple[Etat, ...]
    vers: Etat
    libelle: str
    bouton: str
    motif_requis: bool = False


TRANSITIONS: dict[str, TransitionDeChantier] = {
    "ouvrir": TransitionDeChantier(("idee",), "ouvert", "Chantier ouvert", "Ouvrir le chantier"),
    "clore": TransitionDeChantier(
        ("ouvert",), "clos", "Chantier mené à bien", "Dire qu'il est mené à bien"
    ),
    "abandonner": TransitionDeChantier(
        ("idee", "ouvert"),
        "abandonne",
        "Chantier abandonné",
        "Abandonner le chantier",
        motif_requis=True,
    ),
    "reprendre": TransitionDeChantier(
        ("clos", "abandonne"), "ouvert", "Chantier repris", "Reprendre le chantier"
    ),
}
