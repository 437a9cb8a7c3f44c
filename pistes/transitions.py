"""The life of a text of the catalogue as one table: who reads this knows what can happen."""

from dataclasses import dataclass
from typing import Literal

Etat = Literal["brouillon", "en_relecture", "publie", "archive"]


@dataclass(frozen=True)
class Transition:
    """One named change: from which states, to which, and what the history calls it."""

    de: tuple[Etat, ...]
    vers: Etat
    libelle: str
    motif_requis: bool = False


TRANSITIONS: dict[str, Transition] = {
    "soumettre": Transition(de=("brouillon",), vers="en_relecture", libelle="Envoyé en relecture"),
    "rendre": Transition(
        de=("en_relecture",),
        vers="brouillon",
        libelle="Rendu avec une remarque",
        motif_requis=True,
    ),
    "publier": Transition(de=("en_relecture",), vers="publie", libelle="Publié"),
    # The shipped corpus alone: nobody acts, and nothing of it was written here.
    "livrer": Transition(
        de=("brouillon", "en_relecture", "archive"), vers="publie", libelle="Livré et publié"
    ),
    "ecarter": Transition(de=("brouillon", "en_relecture"), vers="archive", libelle="Écarté"),
    "archiver": Transition(
        de=("publie",), vers="archive", libelle="Retiré du site", motif_requis=True
    ),
    "remplacer": Transition(
        de=("brouillon", "en_relecture", "publie"),
        vers="archive",
        libelle="Remplacé par un texte plus récent",
    ),
}


class TransitionRefusee(Exception):
    """A change that cannot be made (any more). ``obstacles`` are sentences for the person."""

    def __init__(self, action: str, obstacles: list[str]) -> None:
        super().__init__(f"{action}: {' '.join(obstacles)}")
        self.action, self.obstacles = action, obstacles
