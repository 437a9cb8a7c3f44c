"""The passage of a text that answers a search, in its own letters, with the words that answer marked.

Which words answer is PostgreSQL's to say, since it found the row: the passage shows exactly what was found, and
accents stay where they are. In Python around that: at most a page of rows is shown.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from config.recherche import ACCENTS, SANS_ACCENTS, mots, normaliser

LONGUEUR = 220
# Marks of Markdown that mean nothing in an extract; links keep their words.
_MARQUES = re.compile(r"(?:^|\s)[#>*-]+\s|[*_`]{1,3}")
# Stops at the next opening sign: a text made of them alone costs no more than another.
_LIENS = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_ECARTES = re.compile(r"(?:^|\s)-\S+")
# A plain letter, and every letter of a text that it finds.
_VARIANTES = {
    plat: f"[{plat}{''.join(a for a, s in zip(ACCENTS, SANS_ACCENTS, strict=True) if s == plat)}]"
    for plat in set(SANS_ACCENTS)
}
# A word and those of its family begin alike; PostgreSQL tells which ones are.
AMORCE = 4
CANDIDATS = 400


# The same few words again and again.
_plat = lru_cache(maxsize=4096)(normaliser)


class Surligneur:
    """The words that answer one search, in some texts. One query; none when nothing can be marked."""

    def __init__(self, saisie: str, textes: Iterable[str]) -> None:
        cherches = mots(_ECARTES.sub(" ", saisie))
        amorces = sorted({mot[:AMORCE] for mot in cherches})
        alternatives = "|".join(map(_motif_de, amorces))
        motif = rf"(?<!\w)(?:{alternatives})\w*"
        self._motif = re.compile(motif, re.IGNORECASE) if amorces else None
        self._reponses = self._demander(cherches, textes)

    def _demander(self, cherches: list[str], textes: Iterable[str]) -> set[str]:
        candidats: set[str] = set()
        for texte in textes:
            candidats |= {_plat(mot) for mot in self._trouver(texte)}
        if not candidats:
            return set()
        # Only placeholders are repeated.
        ou = " || ".join(["plainto_tsquery('french', %s)"] * len(cherches))
        demande = (
            f"SELECT mot FROM unnest(%s::text[]) mot WHERE to_tsvector('french', mot) @@ ({ou})"  # noqa: S608
        )
        with connection.cursor() as curseur:
            curseur.execute(demande, [sorted(candidats)[:CANDIDATS], *cherches])
            return {mot for (mot,) in curseur.fetchall()}

    def _trouver(self, texte: str) -> list[str]:
        return self._motif.findall(texte) if self._motif else []

    def marquer(self, texte: str) -> SafeString:
        """The whole text as HTML: every piece escaped, ``mark`` around the words that answer."""
        html, fini = "", 0
        for debut, fin in self._places(texte):
            html += f"{escape(texte[fini:debut])}<mark>{escape(texte[debut:fin])}</mark>"
            fini = fin
        return mark_safe(html + escape(texte[fini:]))  # noqa: S308 — escaped piece by piece

    def extrait(self, textes: Iterable[str], longueur: int = LONGUEUR) -> SafeString:
        """The neighbourhood of the first word that answers, else the beginning of the first text there is."""
        textes = [texte for texte in textes if texte.strip()]
        for texte in textes:
            if any(True for _ in self._places(texte)):  # cleaning costs more than looking
                propre = _propre(texte)
                debut = next((place for place, _ in self._places(propre)), 0)
                return self.marquer(_autour(propre, debut, longueur))
        return self.marquer(_autour(_propre(textes[0]), 0, longueur)) if textes else SafeString("")

    def _places(self, texte: str) -> Iterable[tuple[int, int]]:
        if self._motif is None or not self._reponses:
            return
        for trouve in self._motif.finditer(texte):
            if _plat(trouve.group()) in self._reponses:
                yield trouve.span()


def _motif_de(amorce: str) -> str:
    """The pattern of words that begin so, whatever their accents; œ and æ count for two letters."""
    motif = re.escape(amorce).replace("oe", "\0").replace("ae", "\1")
    motif = "".join(_VARIANTES.get(lettre, lettre) for lettre in motif)
    return motif.replace("\0", "(?:oe|œ)").replace("\1", "(?:ae|æ)")


def _propre(texte: str) -> str:
    return " ".join(_MARQUES.sub(" ", _LIENS.sub(r"\1", texte)).split())


def _autour(texte: str, place: int, longueur: int) -> str:
    if len(texte) <= longueur:
        return texte
    debut = max(0, min(place - longueur // 3, len(texte) - longueur))
    if debut:
        debut = texte.find(" ", debut, place) + 1 or debut
    fin = debut + longueur
    if fin < len(texte):
        coupe = texte.rfind(" ", debut, fin)
        fin = coupe if coupe > place else fin
    return f"{'… ' if debut else ''}{texte[debut:fin]}{' …' if fin < len(texte) else ''}"
