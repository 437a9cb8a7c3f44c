"""What every reader of text needs to know about the whole notebook."""

import re
from dataclasses import dataclass

from pistes.carnet.journal import Journal
from pistes.carnet.renvois import Plages

_MOT_COMPOSE = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True)
class Contexte:
    """``depuis`` is the first page of the piste being read, None elsewhere."""

    journal: Journal
    plages: Plages
    vocabulaire: frozenset[str]
    depuis: int | None = None


def vocabulaire(texte: str) -> frozenset[str]:
    """Every word of the notebook, compound ones whole: how to mend a word cut by a hyphen."""
    return frozenset(mot.casefold() for mot in _MOT_COMPOSE.findall(texte))
