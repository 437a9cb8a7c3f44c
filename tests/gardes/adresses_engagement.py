"""Who may open what at the desk (see tests/monde_guichet.py for who is who)."""

from collections.abc import Callable, Sequence
from typing import Any

from tests.gardes.adresse import Adresse
from tests.monde import Monde
from tests.monde_guichet import MondeDuGuichet

CELLULE = frozenset({"agent_b"})


def guichet(
    nom: str, args: Callable[[MondeDuGuichet], Sequence[Any]] = lambda g: [], **options: Any
) -> Adresse:
    """An address of the desk; strangers meet 404 unless the row says otherwise."""

    def du_monde(monde: Monde) -> Sequence[Any]:
        assert monde.guichet is not None
        return args(monde.guichet)

    options = {"refus": 404, "refus_equipe": 404, "refus_membre": 404, **options}
    return Adresse(f"engagement:{nom}", du_monde, **options)


ADRESSES: list[Adresse] = []
