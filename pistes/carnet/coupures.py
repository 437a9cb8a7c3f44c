"""Words cut by a hyphen at the end of a printed line, and escaped characters."""

import re

from pistes.carnet.blocs import Compteur
from pistes.carnet.contexte import Contexte
from pistes.carnet.modele import Genre

_MOT_COUPE = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,})-(?:[ \t]+|[ \t]*\n[ \t]*)([^\W\d_]{2,})")
# "sous- et sur-utilisation" is no cut word.
_LIAISONS = frozenset(("et", "ou"))
# From the first of a run only: begun at each of them, a long run would be read again and again.
_ECHAPPE = re.compile(r"(?<!\\)\\+(?=[_.!()~&/:%])|(?<=\w)\\+(?=-)")


def recoller_mots(texte: str, ligne: int, contexte: Contexte) -> str:
    """Mend ``pro- active``: with its hyphen if the notebook writes it so elsewhere."""

    compteur = Compteur(texte, ligne)

    def recoller(trouve: re.Match[str]) -> str:
        if not trouve[2][0].islower() or trouve[2] in _LIAISONS:
            return trouve[0]
        entier = mot_entier(trouve[1], trouve[2], contexte)
        douter_du_mot(entier, compteur.ligne_a(trouve.start()), contexte)
        return entier + "\n" * trouve[0].count("\n")

    return _MOT_COUPE.sub(recoller, texte)


def mot_entier(gauche: str, droite: str, contexte: Contexte) -> str:
    """The two halves of a word as one."""
    compose = f"{gauche}-{droite}"
    return compose if compose.casefold() in contexte.vocabulaire else gauche + droite


def douter_du_mot(entier: str, ligne: int, contexte: Contexte) -> None:
    """Tell that a word was mended."""
    contexte.journal.douter(
        ligne, Genre.MOT_RECOLLE, f"Mot coupé par un tiret, recollé ainsi : « {entier} »."
    )


def sans_echappements(texte: str, ligne: int, contexte: Contexte) -> str:
    """Remove the backslashes the conversion put before ordinary characters."""
    nettoye, nombre = _ECHAPPE.subn("", texte)
    if nombre:
        contexte.journal.douter(
            ligne, Genre.CARACTERE_ECHAPPE, f"Barres obliques inverses retirées ({nombre})."
        )
    return nettoye
