"""Reading the contents: every piste announced, once, whatever the order of the orientations."""

from dataclasses import replace

from pistes.carnet import grammaire
from pistes.carnet.annonces import Annonce, annonce, sans_mots_cles
from pistes.carnet.blocs import Bloc, Nature
from pistes.carnet.journal import Journal
from pistes.carnet.listes import Ligne
from pistes.carnet.modele import Genre
from pistes.carnet.mots import debut
from pistes.carnet.sections import Section, Sorte


def lire_sommaire(sections: list[Section], journal: Journal) -> list[Annonce]:
    """The announcements of the contents, in their order."""
    annonces: list[Annonce] = []
    for section in sections:
        if section.sorte is Sorte.SOMMAIRE:
            annonces += _lire_orientation(section, journal)
    _verifier_ordre(sections, journal)
    return _une_par_page(annonces, journal)


def completer(annonces: list[Annonce], lignes: list[Ligne], journal: Journal) -> list[Annonce]:
    """Add the pistes that only an orientation's own list announces."""
    pages = {annonce.page for annonce in annonces}
    ajouts: list[Annonce] = []
    for ligne in lignes:
        if ligne.page is None or ligne.aussi or ligne.page in pages:
            continue
        pages.add(ligne.page)
        ajouts.append(
            Annonce(
                ligne.titre,
                ligne.page,
                str(ligne.page),
                "",
                (),
                ligne.orientation,
                ligne.ligne,
                False,
            )
        )
        journal.douter(
            ligne.ligne,
            Genre.PISTE_HORS_SOMMAIRE,
            f"La piste « {ligne.titre} » (p. {ligne.page}) est annoncée par son orientation "
            "mais pas au sommaire : elle n'a ni accroche ni mots-clés annoncés.",
        )
    return annonces + ajouts


def _lire_orientation(section: Section, journal: Journal) -> list[Annonce]:
    annonces: list[Annonce] = []
    for bloc in section.blocs:
        if lue := annonce(bloc, section.numero):
            annonces.append(lue)
        elif annonces and _ne_porte_que_des_mots_cles(bloc):
            ajout = grammaire.mots_cles(bloc.texte)
            annonces[-1] = replace(annonces[-1], mots_cles=annonces[-1].mots_cles + ajout)
        elif bloc.nature is not Nature.FILET:
            journal.douter(
                bloc.ligne,
                Genre.TEXTE_NON_CLASSE,
                f"Ce texte du sommaire n'annonce aucune piste : « {debut(bloc.texte)} ».",
                fin=bloc.fin,
            )
    for lue in annonces:
        _verifier(lue, journal)
    return annonces


def _ne_porte_que_des_mots_cles(bloc: Bloc) -> bool:
    return bool(grammaire.mots_cles(bloc.texte)) and not sans_mots_cles(bloc.texte).strip()


def _verifier(lue: Annonce, journal: Journal) -> None:
    if lue.page is None:
        journal.douter(
            lue.ligne,
            Genre.PAGE_MANQUANTE,
            f"Le sommaire ne donne pas la page de « {lue.titre} » : "
            "aucun renvoi ne pourra y mener.",
        )
    if not lue.accroche:
        journal.douter(
            lue.ligne,
            Genre.ACCROCHE_MANQUANTE,
            f"Le sommaire ne dit pas à quoi sert « {lue.titre} ».",
        )


def _verifier_ordre(sections: list[Section], journal: Journal) -> None:
    lues = [s for s in sections if s.sorte is Sorte.SOMMAIRE and s.numero is not None]
    numeros = [s.numero for s in lues if s.numero is not None]
    if numeros != sorted(numeros):
        ordre = " ".join(map(str, numeros))
        journal.douter(
            lues[0].ligne,
            Genre.ORDRE_DU_SOMMAIRE,
            f"Le sommaire range les orientations ainsi : {ordre} ; elles sont remises par numéro.",
        )


def _une_par_page(annonces: list[Annonce], journal: Journal) -> list[Annonce]:
    """The same page announced twice is one piste."""
    gardees: dict[int, Annonce] = {}
    autres: list[Annonce] = []
    for lue in annonces:
        if lue.page is None:
            autres.append(lue)
        elif lue.page not in gardees:
            gardees[lue.page] = lue
        else:
            journal.douter(
                lue.ligne,
                Genre.PAGE_REPETEE,
                f"Le sommaire annonce deux fois la page {lue.page} : « {gardees[lue.page].titre} » "
                f"est gardée, pas « {lue.titre} ».",
            )
    return sorted([*gardees.values(), *autres], key=lambda lue: lue.ligne)
