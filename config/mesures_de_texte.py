"""How wide a text will be in a picture drawn by the server, and where to cut its lines.

No font is at hand on the server and the reader's is unknown: widths are those of a wide sans-serif, so that what
fits here fits there.
"""

import unicodedata

# Share of the type size, by shape of letter; measured on DejaVu Sans, among the widest system fonts.
_ETROITES = frozenset("iljI|.,:;'’!()[]/ ·ftr-\"`")
_LARGES = frozenset("mwMWOQGDNHUCAÉÈÀÇ@%&œæŒ—…")


def largeur_de(texte: str, corps: float) -> float:
    """An upper estimate of the width of a line, in the unit of ``corps``, its type size."""
    return corps * sum(_largeur(signe) for signe in texte)


def en_lignes(texte: str, largeur: float, corps: float, lignes: int = 4) -> list[str]:
    """The text cut into lines that fit; a word too long is cut; beyond ``lignes``, an ellipsis."""
    faites, courante = [], ""
    for mot in (morceau for m in texte.split() for morceau in _morceaux(m, largeur, corps)):
        essai = f"{courante} {mot}".strip()
        if courante and largeur_de(essai, corps) > largeur:
            faites.append(courante)
            courante = mot
        else:
            courante = essai
    faites.append(courante)
    if len(faites) > lignes:
        faites = [*faites[: lignes - 1], _abregee(faites[lignes - 1], largeur, corps)]
    return faites


def _largeur(signe: str) -> float:
    if signe in _ETROITES:
        return 0.42
    if signe in _LARGES or unicodedata.east_asian_width(signe) in "WF":
        return 1.0
    return 0.78 if signe.isupper() else 0.66


def _morceaux(mot: str, largeur: float, corps: float) -> list[str]:
    """A word, cut where it overflows a whole line."""
    if largeur_de(mot, corps) <= largeur:
        return [mot]
    morceaux, courant = [], ""
    for signe in mot:
        if courant and largeur_de(f"{courant}{signe}-", corps) > largeur:
            morceaux.append(f"{courant}-")
            courant = ""
        courant += signe
    return [*morceaux, courant]


def _abregee(ligne: str, largeur: float, corps: float) -> str:
    while ligne and largeur_de(f"{ligne}…", corps) > largeur:
        ligne = ligne[:-1]
    return f"{ligne.rstrip()}…"
