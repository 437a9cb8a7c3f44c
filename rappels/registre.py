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


@dataclasses.dataclass(frozen=True)
class Genre:
    """A kind of message. ``libelle``: what it is called on the page of the queue.

    ``indispensable``: what a person must know, sent at once whatever they chose. ``aux_heures_ouvrees``:
    a reminder, that waits for the morning; the others are owed at once. ``discret``: its data say more of
    a person than an administrateur needs; they are erased when the message has left.
    """

    redacteur: Redacteur
    libelle: str
    indispensable: bool = False
    aux_heures_ouvrees: bool = False
    discret: bool = False


_genres: dict[str, Genre] = {}


def redige(
    genre: str,
    *,
    libelle: str,
    indispensable: bool = False,
    aux_heures_ouvrees: bool = False,
    discret: bool = False,
) -> Callable[[Redacteur], Redacteur]:
    """Decorator: the function writes the mails of this kind.

    Raises ValueError on a kind taken twice, or on words that are missing or those of another kind.
    """

    def enregistrer(redacteur: Redacteur) -> Redacteur:
        if genre in _genres:
            raise ValueError(f"Two writers for the messages of kind {genre!r}.")
        if not libelle.strip() or libelle in {autre.libelle for autre in _genres.values()}:
            raise ValueError(f"The messages of kind {genre!r} need words of their own.")
        _genres[genre] = Genre(redacteur, libelle, indispensable, aux_heures_ouvrees, discret)
        return redacteur

    return enregistrer


def redacteur_de(genre: str) -> Redacteur:
    """The writer of a kind. Raises LookupError when no room registered it."""
    return _genres[genre].redacteur


def libelle_de(genre: str) -> str:
    """What a kind is called; a kind that nobody writes any more keeps its name."""
    return _genres[genre].libelle if genre in _genres else genre


def peut_se_refuser(genre: str) -> bool:
    """Whether a person may put off or refuse this kind. An unknown kind is sent as it was planned."""
    return genre in _genres and not _genres[genre].indispensable


def attend_le_matin(genre: str) -> bool:
    """Whether it leaves in working hours only."""
    return genre in _genres and _genres[genre].aux_heures_ouvrees


def est_discret(genre: str) -> bool:
    """Whether its data are kept from view and erased once it has left."""
    return genre in _genres and _genres[genre].discret


def genres() -> list[str]:
    """Every kind that has a writer."""
    return sorted(_genres)
