"""The passage of a text that answers a search, cut at words. In Python: at most a page of rows is shown."""

import re
from collections.abc import Iterable

from config.recherche import normaliser

LONGUEUR = 220
# Marks of Markdown that mean nothing in an extract; links keep their words.
_MARQUES = re.compile(r"(?:^|\s)[#>*-]+\s|[*_`]{1,3}")
_LIENS = re.compile(r"\[([^\]]*)\]\([^)]*\)")
# A stem long enough to recognise « élèves » under "élève".
RADICAL = 4


def extrait(textes: Iterable[str], cherches: list[str], longueur: int = LONGUEUR) -> str:
    """The neighbourhood of the first searched word, else the beginning of the first text there is."""
    propres = [propre for texte in textes if (propre := _propre(texte))]
    for texte in propres:
        if (place := _place(texte, cherches)) is not None:
            return _autour(texte, place, longueur)
    return _autour(propres[0], 0, longueur) if propres else ""


def _propre(texte: str) -> str:
    return " ".join(_MARQUES.sub(" ", _LIENS.sub(r"\1", texte)).split())


def _place(texte: str, cherches: list[str]) -> int | None:
    """Where the first word that begins like a searched one begins."""
    radicaux = tuple(
        mot if len(mot) <= RADICAL else mot[: max(RADICAL, len(mot) - 3)] for mot in cherches
    )
    for mot in re.finditer(r"\w+", texte):
        if radicaux and normaliser(mot.group()).startswith(radicaux):
            return mot.start()
    return None


def _autour(texte: str, place: int, longueur: int) -> str:
    if len(texte) <= longueur:
        return texte
    debut = max(0, min(place - longueur // 3, len(texte) - longueur))
    if debut:
        debut = texte.find(" ", debut) + 1 or debut
    fin = debut + longueur
    if fin < len(texte):
        coupe = texte.rfind(" ", debut, fin)
        fin = coupe if coupe > debut else fin
    return f"{'… ' if debut else ''}{texte[debut:fin]}{' …' if fin < len(texte) else ''}"
