"""What any reader hands over, whatever the document: pieces with their lines, and doubts."""

from collections.abc import Sequence
from dataclasses import dataclass

from pistes.carnet.modele import ControverseLue, OrientationLue
from pistes.redaction import TextePiste


@dataclass(frozen=True)
class DouteLu:
    """Something the reading was unsure of, at its line; ``fin`` when it is about several."""

    ligne: int
    message: str
    fin: int | None = None


@dataclass(frozen=True)
class PieceLue:
    """One piste as the document says it. ``rang``: its page or number, None when nothing gives one."""

    rang: int | None
    titre: str
    debut: int
    fin: int
    texte: TextePiste
    orientation: int | None = None


@dataclass(frozen=True)
class Lecture:
    """A whole document; orientations and controverses only for a notebook."""

    format: str
    pieces: list[PieceLue]
    doutes: list[DouteLu]
    orientations: Sequence[OrientationLue] = ()
    controverses: Sequence[ControverseLue] = ()
