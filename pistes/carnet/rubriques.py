"""Sorting the blocks of a piste under its rubriques."""

from dataclasses import dataclass, field

from pistes.carnet import grammaire
from pistes.carnet.blocs import Bloc, Nature
from pistes.carnet.grammaire import Rubrique
from pistes.carnet.journal import Journal
from pistes.carnet.modele import Genre
from pistes.carnet.sections import Section

_NOMS = {
    Rubrique.CONSTAT: "Constat",
    Rubrique.LEVIER: "Levier",
    Rubrique.DETAILS: "Détails",
    Rubrique.INSPIRATIONS: "Inspirations",
}
_NIVEAU = 2


@dataclass
class Rangement:
    """The blocks of each rubrique; ``mots_cles`` as printed under the title."""

    mots_cles: list[str] = field(default_factory=list)
    blocs: dict[Rubrique, list[Bloc]] = field(
        default_factory=lambda: {rubrique: [] for rubrique in Rubrique}
    )


def ranger(section: Section, journal: Journal) -> Rangement:
    """What stands before the first heading is the constat."""
    rangement = Rangement()
    courante, vues = Rubrique.CONSTAT, {Rubrique.CONSTAT}
    for bloc in section.blocs:
        lue = grammaire.rubrique(bloc)
        if lue is not None:
            _verifier(bloc, lue, courante, vues, journal)
            vues.add(lue)
            courante = lue
        elif bloc.nature is Nature.MOTS_CLES and not any(rangement.blocs.values()):
            rangement.mots_cles += grammaire.mots_cles(bloc.texte)
        else:
            rangement.blocs[courante].append(bloc)
    for manquante in sorted(set(Rubrique) - vues):
        journal.douter(
            section.ligne,
            Genre.RUBRIQUE_MANQUANTE,
            f"{_la_piste(section)} n'a pas de titre « {_NOMS[manquante]} » : "
            "s'il s'est perdu, son texte est resté dans la rubrique précédente.",
        )
    return rangement


def _la_piste(section: Section) -> str:
    titre = section.titre or (section.annonce.titre if section.annonce else "")
    return f"La piste « {titre} »" if titre else "Cette piste"


def _verifier(
    bloc: Bloc, lue: Rubrique, courante: Rubrique, vues: set[Rubrique], journal: Journal
) -> None:
    if bloc.niveau != _NIVEAU:
        journal.douter(
            bloc.ligne,
            Genre.TITRE_DE_NIVEAU_INATTENDU,
            f"« {bloc.texte} » est lu comme une rubrique, sans être un titre de niveau {_NIVEAU}.",
        )
    # The constat has no heading in most editions: finding one first is no repetition.
    if lue < courante or (lue in vues and lue is not Rubrique.CONSTAT):
        journal.douter(
            bloc.ligne,
            Genre.RUBRIQUE_REPETEE,
            f"« {_NOMS[lue]} » revient dans la même piste : "
            "son texte est ajouté, mais une autre piste commence peut-être ici.",
        )
