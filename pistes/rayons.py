"""Putting pistes on shelves: by recueil, then by orientation."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pistes.models import EditionOrientation, EditionPiste, Recueil


@dataclass
class Rayon:
    """The pistes of one orientation; without one for a recueil that has none."""

    orientation: EditionOrientation | None
    pistes: list[EditionPiste] = field(default_factory=list)


@dataclass
class Etagere:
    """One recueil and its shelves."""

    recueil: Recueil
    rayons: list[Rayon] = field(default_factory=list)


def ranger(
    editions: Iterable[EditionPiste], orientations: Iterable[EditionOrientation]
) -> list[Etagere]:
    """Shelve editions in the order they come (``pour_liste``). No query."""
    titres = {edition.orientation_id: edition for edition in orientations}
    etageres: dict[int, Etagere] = {}
    rayons: dict[tuple[int, int | None], Rayon] = {}
    for edition in editions:
        piste = edition.piste
        etagere = etageres.setdefault(piste.recueil_id, Etagere(piste.recueil))
        cle = (piste.recueil_id, piste.orientation_id)
        if cle not in rayons:
            titre = titres.get(piste.orientation_id) if piste.orientation_id else None
            rayons[cle] = Rayon(titre)
            etagere.rayons.append(rayons[cle])
        rayons[cle].pistes.append(edition)
    return list(etageres.values())
