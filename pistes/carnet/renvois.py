"""Cross references: page numbers in ``<sup>``, which lead to pistes."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from pistes.carnet.annonces import numero_de_page
from pistes.carnet.blocs import Compteur
from pistes.carnet.journal import Journal
from pistes.carnet.modele import Genre, RenvoiLu
from pistes.carnet.mots import fin

_SUP = re.compile(r"(?<![ \t])[ \t]*<sup>\s*([^<]{0,40}?)\s*</sup>", re.I)
# Characters before a reference, to say where it is.
_CONTEXTE = 120
_BALISE = re.compile(r"</?sup>", re.I)
# True superscripts of French typography (1er, XIXe, nos) stay in the word they belong to.
_EXPOSANTS = frozenset(("er", "re", "e", "ème", "nd", "nde", "o", "os"))


@dataclass(frozen=True, slots=True)
class Plages:
    """The pages each piste takes: from its first to the one before the next piste's first.

    Nothing follows the last one: it is given the length of the longest.
    """

    debuts: tuple[int, ...]

    @classmethod
    def depuis(cls, pages: Iterable[int | None]) -> "Plages":
        return cls(tuple(sorted({page for page in pages if page is not None})))

    def piste_a(self, page: int) -> int | None:
        """First page of the piste this page belongs to."""
        rang = bisect_right(self.debuts, page)
        if rang == 0:
            return None
        debut = self.debuts[rang - 1]
        if rang == len(self.debuts) and page >= debut + self._plus_longue():
            return None
        return debut

    def _plus_longue(self) -> int:
        return max((suivant - debut for debut, suivant in pairwise(self.debuts)), default=10)


def relever(texte: str, ligne: int, depuis: int | None, plages: Plages, journal: Journal) -> None:
    """Note every reference of a text that begins at ``ligne``; doubt those that lead nowhere."""
    compteur = Compteur(texte, ligne)
    for trouve in _SUP.finditer(texte):
        ici = compteur.ligne_a(trouve.start())
        ecrit = trouve[1]
        if _est_un_exposant(ecrit, texte, trouve.start()):
            continue
        vers, reproche = _resoudre(ecrit, depuis, plages)
        journal.renvois.append(RenvoiLu(ici, ecrit, depuis, vers))
        if reproche:
            avant = texte[max(0, trouve.start() - _CONTEXTE) : trouve.start()]
            contexte = fin(_SUP.sub("", avant).replace("*", ""))
            journal.douter(
                ici,
                Genre.RENVOI_SANS_PISTE,
                f"Renvoi « {ecrit} » après « {contexte} » : {reproche}",
            )
    if _BALISE.search(_SUP.sub("", texte)):
        journal.douter(
            ligne, Genre.RENVOI_SANS_PISTE, "Une balise <sup> est mal fermée : elle a été retirée."
        )


def ecrire(texte: str) -> str:
    """The text with its references as plain words: ``(p. 72)``; the illegible ones are removed."""

    def en_mots(trouve: re.Match[str]) -> str:
        if _est_un_exposant(trouve[1], texte, trouve.start()):
            return trouve[1]
        return f" (p. {trouve[1]})" if numero_de_page(trouve[1]) is not None else ""

    return _BALISE.sub("", _SUP.sub(en_mots, texte))


def _est_un_exposant(ecrit: str, texte: str, position: int) -> bool:
    return ecrit in _EXPOSANTS and texte[position - 1 : position].isalnum()


def _resoudre(ecrit: str, depuis: int | None, plages: Plages) -> tuple[int | None, str]:
    """The piste a reference leads to, and why not."""
    page = numero_de_page(ecrit)
    if page is None:
        return None, "ce n'est pas un numéro de page."
    piste = plages.piste_a(page)
    if piste is None:
        return None, "aucune piste n'est à cette page."
    if depuis is None or piste in (page, depuis):
        return piste, ""
    # A piste refers to another by its first page; inside it, only its own inspirations are meant.
    return None, (
        f"aucune piste ne commence à cette page, qui tombe au milieu de celle de la p. {piste}. "
        "Si c'est elle, ajoutez le renvoi à la main."
    )
