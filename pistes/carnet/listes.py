"""The lists on an orientation's page: its own pistes, then the ones it also sends to."""

import re
from dataclasses import dataclass

from pistes.carnet import grammaire
from pistes.carnet.annonces import numero_de_page
from pistes.carnet.blocs import Bloc, Nature
from pistes.carnet.sections import Section, Sorte

_LIGNE = re.compile(r"(.+?)\s*<sup>\s*([^<]{0,20}?)\s*</sup>\s*[.,;]?", re.S)


@dataclass(frozen=True, slots=True)
class Ligne:
    """One item: ``Les data lab <sup>44</sup>``."""

    titre: str
    page: int | None
    ecrit: str
    aussi: bool
    orientation: int | None
    ligne: int


@dataclass(frozen=True)
class Page:
    """An orientation's page, taken apart: its mot-clé as declared, its lists, its text."""

    mot_cle: str
    ligne_mot_cle: int
    lignes: list[Ligne]
    reste: list[Bloc]


def lire_page(section: Section) -> Page:
    """Separate the lists from the text. A list item stops being one after the first paragraph."""
    mot_cle, ligne_mot_cle, aussi = "", section.ligne, False
    lignes: list[Ligne] = []
    reste: list[Bloc] = []
    for bloc in section.blocs:
        declare = grammaire.mot_cle_declare(bloc)
        if declare and not mot_cle and not reste:
            mot_cle, ligne_mot_cle = declare, bloc.ligne
        elif not reste and grammaire.est_et_aussi(bloc):
            aussi = True
        elif not reste and (lue := _ligne(bloc, aussi, section.numero)):
            lignes.append(lue)
        elif bloc.nature is not Nature.FILET:
            reste.append(bloc)
    return Page(mot_cle, ligne_mot_cle, lignes, reste)


def toutes_les_lignes(sections: list[Section]) -> list[Ligne]:
    """The items of every orientation's page."""
    return [
        ligne
        for section in sections
        if section.sorte is Sorte.ORIENTATION
        for ligne in lire_page(section).lignes
    ]


def _ligne(bloc: Bloc, aussi: bool, orientation: int | None) -> Ligne | None:
    trouve = _LIGNE.fullmatch(bloc.texte) if bloc.nature is Nature.POINT else None
    if trouve is None:
        return None
    titre = grammaire.nu(trouve[1])
    return Ligne(titre, numero_de_page(trouve[2]), trouve[2], aussi, orientation, bloc.ligne)
