"""One row of the table of addresses (tests/gardes/adresses.py)."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from tests.conftest import ROLES
from tests.monde import Monde

TOUS = frozenset(ROLES)
CONNECTES = TOUS - {"visiteur"}
PERSONNE: frozenset[str] = frozenset()
MEMBRES = frozenset({"agent_a", "referent_a"})
EQUIPE = frozenset({"curateur", "administrateur"})
REFERENTS = frozenset({"referent_a"})
CURATEURS = frozenset({"curateur"})
ADMINISTRATEURS = frozenset({"administrateur"})


def rien(m: Monde) -> list[Any]:
    """No argument."""
    return []


@dataclasses.dataclass(frozen=True)
class Adresse:
    """One address on one object of the world."""

    nom: str
    args: Callable[[Monde], Sequence[Any]] = rien
    get: frozenset[str] | None = TOUS
    post: frozenset[str] | None = None
    refus: int = 403
    refus_visiteur: str | int = "connexion"
    refus_equipe: int = 403  # curateurs and administrateurs see every test, and lead none
    refus_membre: int = 403  # an agent·e of A sees what is A's, and may lack the right
    note: str = ""

    @property
    def id(self) -> str:
        """Name of its tests."""
        return f"{self.nom}{'-' + self.note if self.note else ''}"
