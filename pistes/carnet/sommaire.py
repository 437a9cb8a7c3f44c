"""Reading the contents: every piste announced, once, whatever the order of the orientations."""

from dataclasses import replace

from pistes.carnet import grammaire
from pistes.carnet.annonces import Annonce, annonce, sans_mots_cles
from pistes.carnet.blocs import Bloc, Nature
from pistes.carnet.journal import Journal
from pistes.carnet.listes import Ligne
from pistes.carnet.modele import Genre
from pistes.carnet.mots import debut, mots_du_titre
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
    """Add what only an orientation's own list tells: lost page numbers, forgotten pistes."""
    pages = {lue.page for lue in annonces}
    siennes = [ligne for ligne in lignes if ligne.page not in pages and not ligne.aussi]
    completees = [_avec_sa_page(lue, siennes, journal) for lue in annonces]
    pages = {lue.page for lue in completees}
    for ligne in siennes:
        if ligne.page is not None and ligne.page not in pages:
            pages.add(ligne.page)
            completees.append(_oubliee(ligne, ligne.page, journal))
    return completees


def _avec_sa_page(lue: Annonce, lignes: list[Ligne], journal: Journal) -> Annonce:
    if lue.page is not None:
        return lue
    mots = mots_du_titre(lue.titre)
    page = next((ligne.page for ligne in lignes if mots_du_titre(ligne.titre) == mots), None)
    suite = (
        "aucun renvoi ne pourra y mener."
        if page is None
        else f"celle que donne son orientation est gardée, p. {page}."
    )
    journal.douter(
        lue.ligne,
        Genre.PAGE_MANQUANTE,
        f"Le sommaire ne donne pas la page de « {lue.titre} » ; {suite}",
    )
    return replace(lue, page=page)


def _oubliee(ligne: Ligne, page: int, journal: Journal) -> Annonce:
    journal.douter(
        ligne.ligne,
        Genre.PISTE_HORS_SOMMAIRE,
        f"La piste « {ligne.titre} » (p. {page}) est annoncée par son orientation mais pas au "
        "sommaire : elle n'a ni accroche ni mots-clés annoncés.",
    )
    return Annonce(
        ligne.titre, page, str(page), "", (), ligne.orientation, ligne.ligne, au_sommaire=False
    )


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
