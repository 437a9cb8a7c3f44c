"""Matching the pistes' pages with the contents: by title first, then by place."""

from collections.abc import Iterator
from dataclasses import dataclass

from pistes.carnet.annonces import Annonce
from pistes.carnet.mots import ressemblance
from pistes.carnet.sans_titre import detacher
from pistes.carnet.sections import Section, Sorte

# Half of the words in common: "épargne médico-sociale" meets "aide médico-sociale" at 0.75.
_SEUIL = 0.5
_DERNIERE_PAGE = 10_000


def rapprocher(sections: list[Section], annonces: list[Annonce]) -> list[Annonce]:
    """Give each piste its announcement; return the announcements nobody took, by page.

    Where more pistes are announced than titles stand, a section that begins without a title is cut
    off the one that swallowed it: ``sections`` grows.
    """
    libres = list(annonces)
    _par_le_titre([section for section in sections if section.sorte is Sorte.PISTE], libres)
    for intervalle in list(_intervalles(sections)):
        _par_la_place(sections, intervalle, libres)
    return sorted(libres, key=lambda lue: (lue.page is None, lue.page or 0, lue.ligne))


def _par_le_titre(pistes: list[Section], libres: list[Annonce]) -> None:
    candidats = sorted(
        (-note, section.numero != lue.orientation, rang_section, rang_annonce)
        for rang_section, section in enumerate(pistes)
        for rang_annonce, lue in enumerate(libres)
        if (note := ressemblance(section.titre, lue.titre)) >= _SEUIL
    )
    pris: set[int] = set()
    for _, _, rang_section, rang_annonce in candidats:
        if pistes[rang_section].annonce is None and rang_annonce not in pris:
            pistes[rang_section].annonce = libres[rang_annonce]
            pris.add(rang_annonce)
    libres[:] = [lue for rang, lue in enumerate(libres) if rang not in pris]


@dataclass
class _Intervalle:
    """The sections from a matched piste (included) to the next one, and the pages between them."""

    sections: list[Section]
    apres: int
    avant: int


def _intervalles(sections: list[Section]) -> Iterator[_Intervalle]:
    courant = _Intervalle([], 0, _DERNIERE_PAGE)
    for section in sections:
        page = section.annonce.page if section.annonce else None
        if page is not None:
            courant.avant = page
            yield courant
            courant = _Intervalle([], page, _DERNIERE_PAGE)
        courant.sections.append(section)
    yield courant


def _par_la_place(sections: list[Section], intervalle: _Intervalle, libres: list[Annonce]) -> None:
    """What no title matched is matched by its order between two pistes that are sure."""
    attendues = sorted(
        (lue for lue in libres if intervalle.apres < (lue.page or 0) < intervalle.avant),
        key=lambda lue: lue.page or 0,
    )
    while len(attendues) > len(_sans_annonce(intervalle)):
        nouvelle = detacher(intervalle.sections, {lue.orientation for lue in attendues})
        if nouvelle is None:
            break
        avant = intervalle.sections[intervalle.sections.index(nouvelle) - 1]
        sections.insert(sections.index(avant) + 1, nouvelle)
    for section in _sans_annonce(intervalle):
        autant = len(attendues) == len(_sans_annonce(intervalle))
        if lue := _la_plus_proche(section, attendues[:1] if autant else attendues):
            section.annonce, section.par_la_place = lue, True
            attendues.remove(lue)
            libres.remove(lue)


def _sans_annonce(intervalle: _Intervalle) -> list[Section]:
    return [
        section
        for section in intervalle.sections
        if section.sorte is Sorte.PISTE and section.annonce is None
    ]


def _la_plus_proche(section: Section, attendues: list[Annonce]) -> Annonce | None:
    """Of the same orientation, unless the section has no title to contradict it."""
    possibles = [
        lue for lue in attendues if not section.titre or section.numero in (None, lue.orientation)
    ]
    return max(possibles, key=lambda lue: ressemblance(section.titre, lue.titre), default=None)
