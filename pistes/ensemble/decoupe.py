"""Where each piste begins and ends: a title in capitals, a constat, « DES LEVIERS, DES PISTES », bullets.

The numbers of the last titles are missing from the text, and the contents list them all: both are read.
"""

import re
from dataclasses import dataclass

_LEVIERS = re.compile(r"^\s*DES LEVIERS\s*,?\s*(DES PISTES\s*:?\s*)?$")
_SUITE = re.compile(r"^\s*DES PISTES\s*:?\s*$")
_NUMERO_SEUL = re.compile(r"^\s*(\d{1,3})\s*$")
_NUMERO_DEVANT = re.compile(r"^\s*(\d{1,3})\s+(?=\D)")
_SOMMAIRE = re.compile(r"^\s*(\d{1,3})\s*/\s*(\S.*)$")


@dataclass(frozen=True)
class Section:
    """One piste in the file. Lines are numbered from 1; ``leviers`` is the line that opens its levers."""

    debut: int
    titre: str
    numero: int | None
    constat: int
    leviers: int
    puces: int
    fin: int


def contient_des_leviers(texte: str) -> bool:
    """Whether the grammar of ENSEMBLE recognises one piste at least."""
    return any(_LEVIERS.match(ligne) for ligne in texte.split("\n"))


def sections_de(lignes: list[str]) -> list[Section]:
    """Every piste, in the order of the file; those without a title begin right after the one before."""
    ouvertures = [n for n, ligne in enumerate(lignes, 1) if _LEVIERS.match(ligne)]
    debuts = []
    borne = 1
    for ouverture in ouvertures:
        debuts.append(_titre(lignes, borne, ouverture))
        borne = ouverture + 1
    sections = []
    for rang, (ouverture, (debut, titre, numero, constat)) in enumerate(
        zip(ouvertures, debuts, strict=True)
    ):
        fin = debuts[rang + 1][0] - 1 if rang + 1 < len(debuts) else len(lignes)
        sections.append(
            Section(debut, titre, numero, constat, ouverture, _puces(lignes, ouverture), fin)
        )
    return sections


def sommaire_de(lignes: list[str], avant: int) -> dict[int, tuple[int, str]]:
    """The titles the contents announce, by number: (line, title). Read before line ``avant``."""
    titres: dict[int, tuple[int, str]] = {}
    courant: int | None = None
    for n, ligne in enumerate(lignes[: avant - 1], 1):
        trouve = _SOMMAIRE.match(ligne)
        if trouve:
            courant = int(trouve[1])
            titres.setdefault(courant, (n, trouve[2].strip()))
        elif courant is not None and ligne.strip():
            depart, titre = titres[courant]
            if titre.endswith(".") or n - depart > 3:
                courant = None
            else:
                suite = ligne.strip()
                colle = titre.endswith("-") and suite[:1].islower()
                titres[courant] = (depart, titre[:-1] + suite if colle else f"{titre} {suite}")
    return {n: (ligne, _propre(titre)) for n, (ligne, titre) in titres.items()}


def _propre(titre: str) -> str:
    return re.sub(r"\s+([,.])", r"\1", " ".join(titre.split())).rstrip(".").strip()


def _titre(lignes: list[str], borne: int, ouverture: int) -> tuple[int, str, int | None, int]:
    """(first line, title, number, first line of the constat) of what the levers of ``ouverture`` close."""
    fin = next(
        (n for n in range(ouverture - 1, borne - 1, -1) if est_en_capitales(lignes[n - 1])), 0
    )
    if not fin:
        depart = next((n for n in range(borne, ouverture) if lignes[n - 1].strip()), borne)
        return depart, "", None, depart
    debut = fin
    while debut > borne and est_en_capitales(lignes[debut - 2]):
        debut -= 1
    titre = " ".join(ligne.strip() for ligne in lignes[debut - 1 : fin])
    numero = None
    if devant := _NUMERO_DEVANT.match(titre):
        numero, titre = int(devant[1]), titre[devant.end() :]
    elif debut > borne and (seul := _NUMERO_SEUL.match(lignes[debut - 2])):
        numero, debut = int(seul[1]), debut - 1
    return debut, titre.strip(), numero, fin + 1


def est_en_capitales(ligne: str) -> bool:
    """A line of a title."""
    lettres = [signe for signe in ligne if signe.isalpha()]
    return len(lettres) >= 4 and all(not lettre.islower() for lettre in lettres)


def _puces(lignes: list[str], ouverture: int) -> int:
    suivante = ouverture < len(lignes) and _SUITE.match(lignes[ouverture])
    return ouverture + (2 if suivante else 1)
