"""The notebook's sections: contents of an orientation, page of an orientation, piste."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from pistes.carnet import grammaire
from pistes.carnet.annonces import Annonce, est_entree
from pistes.carnet.blocs import Bloc, Nature
from pistes.carnet.mots import cle


class Sorte(Enum):
    """What a section holds."""

    SOMMAIRE = "sommaire"
    ORIENTATION = "orientation"
    PISTE = "piste"


@dataclass
class Section:
    """A run of blocks under one heading, heading excluded.

    ``numero`` is the orientation's, or the one a piste stands under. ``annonce`` is filled when the
    piste is matched with the contents; ``par_la_place`` when its title did not help.
    """

    sorte: Sorte
    ligne: int
    numero: int | None
    titre: str
    niveau: int
    blocs: list[Bloc] = field(default_factory=list)
    numero_deduit: bool = False
    annonce: Annonce | None = None
    par_la_place: bool = False


@dataclass(frozen=True)
class Decoupage:
    """``avant`` and ``apres`` are what stands before the first section and after the last."""

    avant: list[Bloc]
    sections: list[Section]
    apres: list[Bloc]


def sectionner(blocs: list[Bloc]) -> Decoupage:
    """Two passes: the contents give the orientations' titles, which find a lost number again."""
    premier = _sectionner(blocs, {})
    titres = {
        cle(section.titre): section.numero
        for section in premier.sections
        if section.sorte is Sorte.SOMMAIRE and section.numero is not None and cle(section.titre)
    }
    return _sectionner(blocs, titres)


def _sectionner(blocs: list[Bloc], titres: Mapping[str, int]) -> Decoupage:
    avant: list[Bloc] = []
    sections: list[Section] = []
    for bloc, section in _attribuer(blocs, titres):
        if section is None:
            avant.append(bloc)
        elif not sections or sections[-1] is not section:
            sections.append(section)
        if section and _est_du_contenu(section, bloc):
            section.blocs.append(bloc)
    for section in sections:
        if section.sorte is Sorte.ORIENTATION and any(map(est_entree, section.blocs)):
            section.sorte = Sorte.SOMMAIRE
    return Decoupage(avant, sections, _detacher_la_suite(sections))


def _attribuer(
    blocs: list[Bloc], titres: Mapping[str, int]
) -> Iterator[tuple[Bloc, Section | None]]:
    """Every block with the section it belongs to (None before the first)."""
    section: Section | None = None
    for bloc in blocs:
        section = _ouverture(bloc, section, titres) or section
        yield bloc, section


def _ouverture(bloc: Bloc, courante: Section | None, titres: Mapping[str, int]) -> Section | None:
    """The section this block opens, if it does."""
    if trouve := grammaire.orientation(bloc):
        return Section(Sorte.ORIENTATION, bloc.ligne, trouve[0], trouve[1], bloc.niveau)
    titre = grammaire.piste(bloc)
    if titre is not None:
        numero = courante.numero if courante else None
        return Section(Sorte.PISTE, bloc.ligne, numero, titre, bloc.niveau)
    deduit = titres.get(cle(bloc.texte)) if bloc.nature is Nature.TITRE else None
    if deduit is None or (courante and _attend_son_titre(courante)):
        return None
    return Section(
        Sorte.ORIENTATION, bloc.ligne, deduit, grammaire.nu(bloc.texte), 2, numero_deduit=True
    )


def _est_du_contenu(section: Section, bloc: Bloc) -> bool:
    if bloc.ligne == section.ligne or bloc.nature is Nature.FILET:
        return False
    return not _est_son_titre(section, bloc)


def _attend_son_titre(section: Section) -> bool:
    return section.sorte is Sorte.ORIENTATION and not section.titre and not section.blocs


def _est_son_titre(section: Section, bloc: Bloc) -> bool:
    """Take the heading that follows ``Orientation n`` as its title."""
    if not _attend_son_titre(section) or bloc.nature is not Nature.TITRE:
        return False
    if grammaire.rubrique(bloc) is not None:
        return False
    section.titre = grammaire.nu(bloc.texte)
    return bool(section.titre)


def _detacher_la_suite(sections: list[Section]) -> list[Bloc]:
    """What follows the last piste begins with a heading of level 1 and is not part of it."""
    if not sections:
        return []
    blocs = sections[-1].blocs
    for rang, bloc in enumerate(blocs):
        if bloc.nature is Nature.TITRE and bloc.niveau == 1:
            sections[-1].blocs = blocs[:rang]
            return blocs[rang:]
    return []
