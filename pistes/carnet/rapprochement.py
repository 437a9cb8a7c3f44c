"""Matching the pistes' pages with the contents: by title first, then by place."""

from pistes.carnet.annonces import Annonce
from pistes.carnet.mots import ressemblance
from pistes.carnet.sections import Section, Sorte

# Half of the words in common: "épargne médico-sociale" meets "aide médico-sociale" at 0.75.
_SEUIL = 0.5


def rapprocher(sections: list[Section], annonces: list[Annonce]) -> list[Annonce]:
    """Give each piste its announcement; return the announcements nobody took, by page."""
    pistes = [section for section in sections if section.sorte is Sorte.PISTE]
    libres = list(annonces)
    _par_le_titre(pistes, libres)
    _par_la_place(pistes, libres)
    return sorted(libres, key=lambda lue: (lue.page is None, lue.page or 0, lue.ligne))


def _par_le_titre(pistes: list[Section], libres: list[Annonce]) -> None:
    candidats = sorted(
        (
            (-note, section.numero != lue.orientation, rang_section, rang_annonce)
            for rang_section, section in enumerate(pistes)
            for rang_annonce, lue in enumerate(libres)
            if (note := ressemblance(section.titre, lue.titre)) >= _SEUIL
        ),
    )
    pris: set[int] = set()
    for _, _, rang_section, rang_annonce in candidats:
        if pistes[rang_section].annonce is None and rang_annonce not in pris:
            pistes[rang_section].annonce = libres[rang_annonce]
            pris.add(rang_annonce)
    libres[:] = [lue for rang, lue in enumerate(libres) if rang not in pris]


def _par_la_place(pistes: list[Section], libres: list[Annonce]) -> None:
    """A piste whose title says nothing takes the announcement that fits between its neighbours."""
    for rang, section in enumerate(pistes):
        if section.annonce:
            continue
        apres = _page_voisine(pistes[:rang][::-1], 0)
        avant = _page_voisine(pistes[rang + 1 :], 10_000)
        for lue in sorted(libres, key=lambda lue: lue.page or 0):
            meme_orientation = section.numero in (None, lue.orientation)
            if lue.page is not None and apres < lue.page < avant and meme_orientation:
                section.annonce, section.par_la_place = lue, True
                libres.remove(lue)
                break


def _page_voisine(pistes: list[Section], defaut: int) -> int:
    pages = (section.annonce.page for section in pistes if section.annonce)
    return next((page for page in pages if page is not None), defaut)
