"""From the lines of a PDF to paragraphs: words cut by the printer are mended, cut sentences joined."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_COUPE = re.compile(r"([^\W\d_]{2,})-$")
_DEBUT = re.compile(r"[^\W\d_]+")
# « Peut-on », « a-t-il »: their hyphen stays at the end of a line as elsewhere.
_ENCLITIQUES = {"on", "il", "ils", "elle", "elles", "je", "tu", "nous", "vous", "ce", "là", "ci"}
_FINS = ".!?:;…»)”"
# Characters: no word is longer.
_MOT = 60

Douter = Callable[[int, str], None]


@dataclass(frozen=True)
class Paragraphe:
    """Its first line in the file, and its words. ``puce``: it opens a lever."""

    ligne: int
    texte: str
    puce: bool = False


def paragraphes(
    lignes: list[str], debut: int, fin: int, mots: frozenset[str], douter: Douter
) -> list[Paragraphe]:
    """Those of lines ``debut`` to ``fin``, numbers included."""
    faits: list[Paragraphe] = []
    ouvert = False
    for n in range(debut, fin + 1):
        ligne = " ".join(lignes[n - 1].split())
        if not ligne:
            ouvert = False
            continue
        if ligne.startswith("•"):
            faits.append(Paragraphe(n, ligne.lstrip("• "), puce=True))
        elif faits and (ouvert or _est_la_suite(faits[-1].texte, ligne)):
            if not ouvert:
                douter(
                    n,
                    f"Phrase coupée par une page ou une colonne, recollée ici : « {ligne[:50]} ».",
                )
            avant = faits[-1]
            texte = _joindre(avant.texte, ligne, n, mots, douter)
            faits[-1] = Paragraphe(avant.ligne, texte, avant.puce)
        else:
            faits.append(Paragraphe(n, ligne))
        ouvert = not _est_une_adresse(ligne)
    return faits


def _est_une_adresse(ligne: str) -> bool:
    return ligne.startswith(("http://", "https://"))


def _est_la_suite(avant: str, ligne: str) -> bool:
    """A blank line in the middle of a sentence: nothing closes it, and no capital opens the next."""
    return ligne[:1].islower() and avant[-1:] not in _FINS and not _est_une_adresse(ligne)


def _joindre(avant: str, ligne: str, n: int, mots: frozenset[str], douter: Douter) -> str:
    # The end alone is looked at: a paragraph of a hundred thousand lines must not be read each time.
    coupe, suite = _COUPE.search(avant[-_MOT:]), _DEBUT.match(ligne[:_MOT])
    if not coupe or not suite:
        return f"{avant} {ligne}"
    if not suite[0][0].islower():  # a double name
        return avant + ligne
    compose, entier = f"{coupe[1]}-{suite[0]}", coupe[1] + suite[0]
    enclitique = suite[0] in _ENCLITIQUES and coupe[1].casefold() in mots
    if compose.casefold() in mots or enclitique:
        return avant + ligne
    if entier.casefold() not in mots:
        douter(n, f"Mot coupé par un tiret, recollé ainsi : « {entier} ».")
    return avant[:-1] + ligne
