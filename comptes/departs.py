"""What the rooms forget when an account goes. They register; ``comptes`` knows none of them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comptes.models import Utilisateur

Oubli = Callable[["Utilisateur"], None]
_oublis: list[Oubli] = []


def au_depart(oubli: Oubli) -> Oubli:
    """Decorator: called inside the transaction that erases an account, before it goes.

    May raise DecisionImpossible: the account stays, and the person is told why.
    """
    _oublis.append(oubli)
    return oubli


def oublier(user: "Utilisateur") -> None:
    """Let every room forget this person. Raises DecisionImpossible."""
    for oubli in _oublis:
        oubli(user)
