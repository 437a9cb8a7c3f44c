"""The life of a test as one table (DESIGN, "Life of a test"): who reads this knows what can happen."""

import dataclasses
from typing import Literal

Etat = Literal["preparation", "en_cours", "a_evaluer", "evalue", "abandonne"]


@dataclasses.dataclass(frozen=True)
class Transition:
    """One named change: from which states, to which, and what the history calls it."""

    de: tuple[Etat, ...]
    vers: Etat
    libelle: str
    motif_requis: bool = False


TRANSITIONS: dict[str, Transition] = {
    "demarrer": Transition(de=("preparation",), vers="en_cours", libelle="Test démarré"),
    "renoncer": Transition(
        de=("preparation",),
        vers="abandonne",
        libelle="Abandonné avant de démarrer",
        motif_requis=True,
    ),
    "prolonger": Transition(
        de=("en_cours",), vers="en_cours", libelle="Test prolongé", motif_requis=True
    ),
    "arreter": Transition(
        de=("en_cours",), vers="a_evaluer", libelle="Arrêté avant sa date", motif_requis=True
    ),
    "perimer": Transition(
        de=("en_cours",), vers="a_evaluer", libelle="Arrivé à sa date de péremption"
    ),
    "evaluer": Transition(de=("a_evaluer",), vers="evalue", libelle="Évaluation publiée"),
}
