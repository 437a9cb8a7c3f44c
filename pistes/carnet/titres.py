"""Which title a piste keeps, and what to say of the other one."""

from pistes.carnet import grammaire
from pistes.carnet.annonces import Annonce
from pistes.carnet.journal import Journal
from pistes.carnet.modele import Genre
from pistes.carnet.mots import mots_du_titre
from pistes.carnet.sections import Section

_NIVEAU = 2

# Every title known for the piste that begins at a page.
Titres = dict[int, list[str]]


def titre_retenu(section: Section, journal: Journal) -> str:
    """The page's title, else the contents'. Every difference between them is told."""
    lue = section.annonce
    titre = grammaire.nu(section.titre)
    if titre and section.niveau != _NIVEAU:
        journal.douter(
            section.ligne,
            Genre.TITRE_DE_NIVEAU_INATTENDU,
            f"« {titre} » est lu comme une piste, sans être un titre de niveau {_NIVEAU}.",
        )
    if lue is None:
        journal.douter(
            section.ligne,
            Genre.PISTE_HORS_SOMMAIRE,
            f"La piste « {titre or 'sans titre'} » n'est pas au sommaire : "
            "ni page, ni accroche, ni renvoi vers elle.",
        )
        return titre
    if not titre:
        journal.douter(
            section.ligne,
            Genre.TITRE_MANQUANT,
            f"Une piste commence ici sans titre ; d'après le sommaire (ligne {lue.ligne}), c'est "
            f"« {lue.titre} », p. {lue.page}. Vérifiez que la coupure est au bon endroit.",
        )
        return lue.titre
    _comparer(section, titre, lue.titre, journal)
    return titre


def _comparer(section: Section, page: str, sommaire: str, journal: Journal) -> None:
    mots_page, mots_sommaire = mots_du_titre(page), mots_du_titre(sommaire)
    if mots_page == mots_sommaire:
        return
    court, long = sorted((mots_page, mots_sommaire), key=len)
    prolonge = long[: len(court)] == court
    rapproches = " Elles n'ont été rapprochées que par leur place." if section.par_la_place else ""
    journal.douter(
        section.ligne,
        Genre.TITRE_PROLONGE if prolonge else Genre.TITRES_DIFFERENTS,
        f"Titre de la page : « {page} » ; du sommaire : « {sommaire} ». "
        f"Le premier est gardé.{rapproches}",
    )


def titres_par_page(sections: list[Section], annonces: list[Annonce]) -> Titres:
    """The titles of each piste: the contents' and its page's."""
    titres: Titres = {}
    for lue in annonces:
        if lue.page is not None:
            titres.setdefault(lue.page, []).append(lue.titre)
    for section in sections:
        if section.annonce and section.annonce.page is not None and section.titre:
            connus = titres.setdefault(section.annonce.page, [])
            if section.titre not in connus:
                connus.append(section.titre)
    return titres
