"""Comparing words whatever their case, accents, plural and little words."""

import re
import unicodedata

# Little words that change from one printing of a title to the next.
_VIDES = frozenset(
    ("le", "la", "les", "l", "un", "une", "des", "de", "du", "d", "et")
    + ("a", "au", "aux", "en", "pour", "sur", "par")
)
_MOT = re.compile(r"[^\W_]+")


def sans_accents(texte: str) -> str:
    """Lower case, no accents."""
    decompose = unicodedata.normalize("NFKD", texte.casefold())
    return "".join(lettre for lettre in decompose if not unicodedata.combining(lettre))


def cle(texte: str) -> str:
    """The words of a text, separated by one space, without case, accents or punctuation."""
    return " ".join(_MOT.findall(sans_accents(texte)))


def racine(mot: str) -> str:
    """A word without its plural."""
    return mot.rstrip("s") if len(mot) > 3 else mot


def mots_du_titre(titre: str) -> tuple[str, ...]:
    """What distinguishes a title: its words in order, without plural and little words."""
    return tuple(racine(mot) for mot in cle(titre).split() if mot not in _VIDES)


def ressemblance(a: str, b: str) -> float:
    """How much two titles share, from 0 to 1 (Dice's coefficient on their words)."""
    gauche, droite = set(mots_du_titre(a)), set(mots_du_titre(b))
    if not gauche or not droite:
        return 0.0
    return 2 * len(gauche & droite) / (len(gauche) + len(droite))


def debut(texte: str, longueur: int = 60) -> str:
    """The first words of a text, for a message."""
    court = " ".join(texte.split())
    return court if len(court) <= longueur else court[:longueur].rsplit(" ", 1)[0] + "…"


def fin(texte: str, longueur: int = 40) -> str:
    """The last words of a text, for a message."""
    court = " ".join(texte.split())
    return court if len(court) <= longueur else "…" + court[-longueur:].split(" ", 1)[-1]


def en_lignes(lignes: list[int]) -> str:
    """Line numbers, for a message."""
    nombres = ", ".join(map(str, lignes))
    return f"lignes {nombres}" if len(lignes) > 1 else f"ligne {nombres}"
