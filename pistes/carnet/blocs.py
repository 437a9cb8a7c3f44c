"""Cutting the file into blocks: headings, list items, mots-clés, paragraphs.

Written by hand rather than with a Markdown library: the scars are a matter of lines (``#Influence``
without a space, blank runs where a page ended), and every block must keep its line number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

_TITRE = re.compile(r"^ {0,3}(#{1,6})(?:[ \t]+(.*))?$")
_POINT = re.compile(r"^\s*[-*+•][ \t]+(.*)$")
_MOTS_CLES = re.compile(r"^\s*(?:#[^\W\d_][\w-]*\s*)+$")


class Nature(Enum):
    """What a block looks like."""

    TITRE = "titre"
    POINT = "point"
    MOTS_CLES = "mots_cles"
    FILET = "filet"
    PARAGRAPHE = "paragraphe"


@dataclass(frozen=True, slots=True)
class Bloc:
    """One block, without its # or bullet. ``blancs`` counts the blank lines before it."""

    ligne: int
    nature: Nature
    lignes: tuple[str, ...]
    niveau: int = 0
    blancs: int = 0

    @property
    def texte(self) -> str:
        return "\n".join(self.lignes).strip()

    @property
    def fin(self) -> int:
        """Its last line."""
        return self.ligne + len(self.lignes) - 1


class Compteur:
    """The line of each position of a text that begins at ``ligne``; positions must only grow."""

    def __init__(self, texte: str, ligne: int) -> None:
        self._texte, self._ligne, self._position = texte, ligne, 0

    def ligne_a(self, position: int) -> int:
        """The line this position is on."""
        self._ligne += self._texte.count("\n", self._position, position)
        self._position = position
        return self._ligne


def unifier(texte: str) -> str:
    """The text without byte order mark, its lines ended by ``\\n`` alone."""
    return texte.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def lignes_de(texte: str) -> list[str]:
    """The lines, as an editor numbers them.

    Not splitlines(): a form feed or U+2028 inside a line must not shift the numbers.
    """
    return unifier(texte).split("\n")


def decouper(texte: str) -> list[Bloc]:
    """Every non-blank line of the text, in exactly one block."""
    return list(_blocs(texte))


def _blocs(texte: str) -> Iterator[Bloc]:
    """A paragraph or a list item goes on until a blank line or the beginning of another block."""
    ouvert: Bloc | None = None
    suite: list[str] = []
    blancs = 0
    for numero, ligne in enumerate(lignes_de(texte), start=1):
        nouveau = _bloc(numero, ligne, blancs) if ligne.strip() else None
        blancs = 0 if nouveau else blancs + 1
        if ouvert and nouveau and nouveau.nature is Nature.PARAGRAPHE:
            suite.append(ligne)
            continue
        if ouvert:
            yield replace(ouvert, lignes=(*ouvert.lignes, *suite))
            ouvert, suite = None, []
        if nouveau and nouveau.nature in (Nature.PARAGRAPHE, Nature.POINT):
            ouvert = nouveau
        elif nouveau:
            yield nouveau
    if ouvert:
        yield replace(ouvert, lignes=(*ouvert.lignes, *suite))


def _bloc(numero: int, ligne: str, blancs: int) -> Bloc:
    if trouve := _TITRE.match(ligne):
        texte = _sans_dieses_finaux((trouve[2] or "").strip())
        return Bloc(numero, Nature.TITRE, (texte,), len(trouve[1]), blancs)
    if _est_filet(ligne):
        return Bloc(numero, Nature.FILET, (ligne,), 0, blancs)
    if _MOTS_CLES.match(ligne):
        return Bloc(numero, Nature.MOTS_CLES, (ligne,), 0, blancs)
    if trouve := _POINT.match(ligne):
        return Bloc(numero, Nature.POINT, (trouve[1],), 0, blancs)
    return Bloc(numero, Nature.PARAGRAPHE, (ligne,), 0, blancs)


def _est_filet(ligne: str) -> bool:
    signes = ligne.replace(" ", "").strip()
    return len(signes) >= 3 and set(signes) in ({"-"}, {"*"}, {"_"})


def _sans_dieses_finaux(titre: str) -> str:
    nu = titre.rstrip("#")
    return nu.strip() if nu != titre and (not nu or nu.endswith(" ")) else titre
