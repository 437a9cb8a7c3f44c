"""Finding a piste whose title was lost: announced, it begins without a name somewhere."""

from pistes.carnet import grammaire
from pistes.carnet.blocs import Bloc, Nature
from pistes.carnet.grammaire import Rubrique
from pistes.carnet.sections import Section, Sorte

# The conversion leaves at least three blank lines where a page of the notebook ended.
_BLANCS_DE_PAGE = 3


def detacher(sections: list[Section], orientations: set[int | None]) -> Section | None:
    """Split the first of ``sections`` that swallowed another piste, which is returned and inserted.

    Those of ``orientations`` are tried first. None when no section begins without a title.
    """
    candidates = [section for section in sections if section.sorte is not Sorte.SOMMAIRE]
    for section in sorted(candidates, key=lambda section: section.numero not in orientations):
        reprise = _reprise(section)
        if reprise is None:
            continue
        frontiere = _frontiere(section, reprise)
        blocs = section.blocs[frontiere:]
        nouvelle = Section(Sorte.PISTE, blocs[0].ligne, section.numero, "", 2, blocs)
        section.blocs = section.blocs[:frontiere]
        sections.insert(sections.index(section) + 1, nouvelle)
        return nouvelle
    return None


def _reprise(section: Section) -> int | None:
    """The block that shows a new piste has begun: rubriques start again, or mots-clés stand."""
    derniere = Rubrique.CONSTAT
    for rang, bloc in enumerate(section.blocs):
        dans_une_piste = section.sorte is Sorte.PISTE and derniere is Rubrique.CONSTAT
        if bloc.nature is Nature.MOTS_CLES and not dans_une_piste:
            return rang
        lue = grammaire.rubrique(bloc)
        if lue is None:
            continue
        if section.sorte is Sorte.ORIENTATION or lue <= derniere:
            return rang
        derniere = lue
    return None


def _frontiere(section: Section, reprise: int) -> int:
    """Where the new piste begins: at its mots-clés, after the widest page break, or there."""
    if section.blocs[reprise].nature is Nature.MOTS_CLES:
        return reprise
    # The last heading and one block of its text at least stay with what comes before.
    debut = 2 + max(
        (rang for rang, bloc in enumerate(section.blocs[:reprise]) if _est_un_repere(bloc)),
        default=-1,
    )
    coupures = [
        rang for rang in range(debut, reprise) if section.blocs[rang].blancs >= _BLANCS_DE_PAGE
    ]
    return max(coupures, key=lambda rang: section.blocs[rang].blancs, default=reprise)


def _est_un_repere(bloc: Bloc) -> bool:
    return bloc.nature in (Nature.TITRE, Nature.POINT, Nature.MOTS_CLES)
