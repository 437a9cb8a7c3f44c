"""Guessing an inspiration's place from its title."""

import re

_MOT = r"[A-ZÉÈÎÔÂ][^\W_]*(?:-[^\W_]+)*"
_NOM = rf"{_MOT}(?: (?:{_MOT}|city))*"
# "Entraide à Nantes", "Le budget participatif en Gironde": grammar says it is a place.
_CERTAIN = (
    re.compile(rf"(?:^|\s)(?:à|en|au|aux)\s+({_NOM})$"),
    re.compile(rf"^(?:À|A|En|Au|Aux)\s+({_NOM})\s*,"),
)
# "Le Pacte de Barcelone", "… Naples, Italie", "… (NYC)": it may be an organisation.
_PROBABLE = (
    re.compile(r"([A-ZÉÈÎÔÂ][\w-]+, [A-ZÉÈÎÔÂ][\w-]+)$"),
    re.compile(r"\(([A-Z]{2,4})\)$"),
    re.compile(rf"(?:\s|')(?:de|du|des|d'|de la|de l')\s*({_NOM})$"),
)
_SIGLE = re.compile(r"[A-Z]{3,}$")


def lieu_du_titre(titre: str) -> tuple[str, bool]:
    """The place a title names (or ""), and whether grammar leaves no doubt about it."""
    for motif in _CERTAIN:
        if trouve := motif.search(titre):
            return trouve[1], True
    for motif in _PROBABLE:
        trouve = motif.search(titre)
        if trouve and not (_SIGLE.match(trouve[1]) and "(" not in trouve[0]):
            return trouve[1], False
    return "", True
