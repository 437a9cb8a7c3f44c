"""How a kind of message finds its words. Rooms register; ``rappels`` knows none of them."""

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rappels.models import Message


@dataclasses.dataclass(frozen=True)
class PieceJointe:
    """A file that goes with a mail."""

    nom: str
    contenu: bytes
    type_mime: str


@dataclasses.dataclass(frozen=True)
class Courriel:
    """A mail ready to leave: subject on one line, plain text, HTML, files."""

    objet: str
    texte: str
    html: str = ""
    pieces: tuple[PieceJointe, ...] = ()


# Given the message at the moment it leaves; None means it no longer has a reason, and cancels it.
Redacteur = Callable[["Message"], Courriel | None]

_redacteurs: dict[str, Redacteur] = {}


def redige(genre: str) -> Callable[[Redacteur], Redacteur]:
    """Decorator: the function writes the mails of this kind. Raises ValueError on a kind taken twice."""

    def enregistrer(redacteur: Redacteur) -> Redacteur:
        if genre in _redacteurs:
            raise ValueError(f"Two writers for the messages of kind {genre!r}.")
        _redacteurs[genre] = redacteur
        return redacteur

    return enregistrer


def redacteur_de(genre: str) -> Redacteur:
    """The writer of a kind. Raises LookupError when no room registered it."""
    return _redacteurs[genre]
