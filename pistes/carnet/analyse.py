"""The whole reading, in order: blocks, sections, contents, matching, then each part."""

from collections.abc import Iterator
from dataclasses import replace

from pistes.carnet.annonces import Annonce
from pistes.carnet.blocs import Bloc, Nature, decouper, lignes_de
from pistes.carnet.contexte import Contexte, vocabulaire
from pistes.carnet.controverses import lire_controverses
from pistes.carnet.couverture import lignes_perdues
from pistes.carnet.erreurs import CarnetIllisible
from pistes.carnet.formes import Formes
from pistes.carnet.grammaire import est_sommaire
from pistes.carnet.journal import Journal
from pistes.carnet.listes import toutes_les_lignes
from pistes.carnet.modele import Carnet, Doute, Genre, PisteLue, RenvoiLu
from pistes.carnet.mots import debut
from pistes.carnet.nombres import comparer
from pistes.carnet.orientations import lire_orientations
from pistes.carnet.pistes import lire_piste, piste_sans_section
from pistes.carnet.rapprochement import rapprocher
from pistes.carnet.renvois import Plages, relever
from pistes.carnet.sections import Decoupage, Sorte, sectionner
from pistes.carnet.sommaire import completer, lire_sommaire

# The notebook has 17. Matching titles takes the square of their number.
_MAXIMUM = 200


def analyser(texte: str) -> Carnet:
    """Read a notebook. Raises CarnetIllisible when it holds no piste and no orientation.

    Everything else it is unsure of is a doubt; a line it could not place is one too.
    """
    blocs = decouper(texte)
    decoupage = sectionner(blocs)
    _refuser_sans_piste(decoupage)
    journal = Journal()
    annonces = lire_sommaire(decoupage.sections, journal)
    annonces = completer(annonces, toutes_les_lignes(decoupage.sections), journal)
    _refuser_demesure(decoupage, annonces)
    plages = Plages.depuis(annonce.page for annonce in annonces)
    contexte = Contexte(journal, plages, vocabulaire(texte))
    carnet = _lire(decoupage, annonces, contexte)
    _comparer_les_nombres(blocs, decoupage, carnet, journal)
    carnet = replace(carnet, doutes=journal.doutes_en_ordre(), renvois=_en_ordre(journal))
    oublis = _oublis(texte, carnet)
    return replace(carnet, doutes=journal.doutes_en_ordre(oublis)) if oublis else carnet


def contient_une_piste(texte: str) -> bool:
    """Whether the grammar recognises one piste or one orientation at least."""
    return bool(sectionner(decouper(texte)).sections)


def _refuser_sans_piste(decoupage: Decoupage) -> None:
    if not decoupage.sections:
        raise CarnetIllisible(
            "Ce texte ne contient ni orientation ni piste reconnaissable.",
            "Vérifiez que c'est bien le carnet « Réflexes publics » en Markdown, "
            "avec ses titres « Orientation n » et « Piste • … ».",
        )


def _refuser_demesure(decoupage: Decoupage, annonces: list[Annonce]) -> None:
    nombre = max(len(decoupage.sections), len(annonces))
    if nombre > _MAXIMUM:
        raise CarnetIllisible(
            f"Ce texte contient {nombre} orientations et pistes, au-delà de {_MAXIMUM}.",
            "Vérifiez que le fichier ne contient qu'un carnet.",
        )


def _lire(decoupage: Decoupage, annonces: list[Annonce], contexte: Contexte) -> Carnet:
    sections, journal = decoupage.sections, contexte.journal
    manquantes = rapprocher(sections, annonces)
    formes = Formes.relevees(sections, annonces, journal)
    controverses, restes = lire_controverses(decoupage.avant, contexte)
    _signaler_les_restes(restes, decoupage.apres, contexte)
    pistes = [
        lire_piste(section, formes, contexte)
        for section in sections
        if section.sorte is Sorte.PISTE
    ]
    pistes += [piste_sans_section(lue, formes, journal) for lue in manquantes]
    orientations = lire_orientations(sections, annonces, formes, contexte)
    _verifier_les_mots_cles(pistes, {lue.mot_cle for lue in orientations}, journal)
    rangees = sorted(pistes, key=lambda lue: (lue.page is None, lue.page or 0, lue.ligne))
    return Carnet(controverses, orientations, tuple(rangees), (), ())


def _verifier_les_mots_cles(pistes: list[PisteLue], connus: set[str], journal: Journal) -> None:
    for piste in pistes:
        for mot in piste.mots_cles:
            if mot not in connus:
                journal.douter(
                    piste.ligne,
                    Genre.MOT_CLE_INCONNU,
                    f"« #{mot} » n'est le mot-clé d'aucune orientation.",
                )


def _signaler_les_restes(avant: list[Bloc], apres: list[Bloc], contexte: Contexte) -> None:
    """One doubt for each run of text that is neither controverse, orientation nor piste."""
    for chapitre in _chapitres([bloc for bloc in avant if not est_sommaire(bloc)], apres):
        for bloc in chapitre:
            texte = "\n".join(bloc.lignes)
            relever(texte, bloc.ligne, None, contexte.plages, contexte.journal)
        contexte.journal.douter(
            chapitre[0].ligne,
            Genre.TEXTE_NON_IMPORTE,
            f"« {debut(chapitre[0].texte)} », jusqu'à la ligne {chapitre[-1].fin} : "
            "ni controverse, ni orientation, ni piste ; ce texte n'est pas importé.",
            fin=chapitre[-1].fin,
        )


def _chapitres(*parties: list[Bloc]) -> Iterator[list[Bloc]]:
    for partie in parties:
        chapitre: list[Bloc] = []
        for bloc in partie:
            if bloc.nature is Nature.TITRE and bloc.niveau == 1 and chapitre:
                yield chapitre
                chapitre = []
            chapitre.append(bloc)
        if chapitre:
            yield chapitre


def _comparer_les_nombres(
    blocs: list[Bloc], decoupage: Decoupage, carnet: Carnet, journal: Journal
) -> None:
    """Where the notebook counts its own parts: its headings, and what presents the pistes."""
    derniere = max((lue.ligne for lue in carnet.controverses), default=0)
    presentation = [bloc for bloc in decoupage.avant if bloc.ligne > derniere]
    titres = [bloc for bloc in blocs if bloc.nature is Nature.TITRE and bloc.niveau == 1]
    lus = {
        "controverses": len(carnet.controverses),
        "terrains": sum(len(lue.terrains) for lue in carnet.controverses),
        "orientations": len(carnet.orientations),
        "pistes": len(carnet.pistes),
    }
    comparer([*titres, *presentation] if derniere else titres, lus, journal)


def _en_ordre(journal: Journal) -> tuple[RenvoiLu, ...]:
    return tuple(sorted(journal.renvois, key=lambda renvoi: renvoi.ligne))


def _oublis(texte: str, carnet: Carnet) -> list[Doute]:
    """The net under everything: a line that is nowhere becomes a doubt that quotes it."""
    lignes = lignes_de(texte)
    return [
        Doute(
            ligne,
            Genre.TEXTE_NON_CLASSE,
            f"Cette ligne n'a trouvé sa place nulle part : « {lignes[ligne - 1].strip()} ».",
        )
        for ligne in lignes_perdues(texte, carnet)
    ]
