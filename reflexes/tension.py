"""A controverse drawn as a line between its two poles, its terrains where their voices put them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from reflexes.models import ControverseFigee, Pole, TerrainFige, VersionCartographie
from reflexes.poids import Poids, Source, peser, somme, sources

LARGEUR = 360
MARGE = 26
RANGEE = 30
# A number such as 12.10 in its pill, and the air around.
PASTILLE, ECART = 42, 4


@dataclass(frozen=True)
class Place:
    """A terrain at its place on the line: ``x`` of its weight, ``y`` of its pill."""

    terrain: TerrainFige
    poids: Poids
    adresse: str
    x: float
    y: float

    @property
    def gauche(self) -> float:
        """Left edge of its pill."""
        return self.x - PASTILLE / 2

    @property
    def base(self) -> float:
        """Base line of its number."""
        return self.y + 5

    @property
    def haut(self) -> float:
        """Top edge of its pill."""
        return self.y - 12


@dataclass(frozen=True)
class Tension:
    """What the picture and the table beside it are made of."""

    controverse: ControverseFigee
    adresse: str
    poids: Poids
    places: Sequence[Place]
    axe: float

    largeur = LARGEUR
    gauche = MARGE
    droite = LARGEUR - MARGE
    milieu = LARGEUR / 2

    @property
    def hauteur(self) -> float:
        """Of the whole picture."""
        return self.axe + 34

    @property
    def x(self) -> float:
        """Where the weight of the controverse hangs."""
        return _x(self.poids)

    @property
    def lignes(self) -> list[tuple[TerrainFige, list[int], int]]:
        """The table: for each terrain, its voices by kind and pole, then all of them."""
        places = sorted(self.places, key=lambda p: p.terrain.ordre)
        return [(p.terrain, _cases(p.poids, self.sources), p.poids.total) for p in places]

    @property
    def total(self) -> list[int]:
        """The last line of the table."""
        return _cases(self.poids, self.sources)

    @property
    def sources(self) -> list[Source]:
        """The kinds of voices that are counted."""
        return sources()


def tensions(version: VersionCartographie) -> list[Tension]:
    """The pictures of a version read with ``pour_page``. One query for each kind of voice.

    What a draft holds may have no page yet: its links lead to where it is written.
    """
    terrains = [(c, c.terrains_ordonnes) for c in version.controverses.all()]
    return _dessiner(terrains, None if version.est_publiee else version.pk)


def tension(controverse: ControverseFigee, terrains: Sequence[TerrainFige]) -> Tension:
    """The picture of one controverse, published."""
    return _dessiner([(controverse, terrains)], None)[0]


def _dessiner(
    terrains: Sequence[tuple[ControverseFigee, Sequence[TerrainFige]]], copie: int | None
) -> list[Tension]:
    poids = peser([t.terrain_id for _, siens in terrains for t in siens])
    return [_tension(controverse, siens, poids, copie) for controverse, siens in terrains]


def _adresse(ligne: ControverseFigee | TerrainFige, copie: int | None) -> str:
    if copie is None:
        return ligne.get_absolute_url()
    nom = "copie_terrain" if isinstance(ligne, TerrainFige) else "copie_controverse"
    return reverse(f"reflexes:{nom}", args=[copie, ligne.pk])


def _tension(
    controverse: ControverseFigee,
    terrains: Sequence[TerrainFige],
    poids: dict[int, Poids],
    copie: int | None,
) -> Tension:
    """Pills that would touch are stacked, the first number lowest: none hides another."""
    rangees: list[list[float]] = []
    posees: list[tuple[TerrainFige, float, int]] = []
    for terrain in terrains:
        x = _x(poids[terrain.terrain_id])
        rang = next(
            (n for n, r in enumerate(rangees) if all(abs(x - o) >= PASTILLE + ECART for o in r)),
            len(rangees),
        )
        if rang == len(rangees):
            rangees.append([])
        rangees[rang].append(x)
        posees.append((terrain, x, rang))
    axe = 12 + RANGEE * max(len(rangees), 1)
    places = [
        Place(t, poids[t.terrain_id], _adresse(t, copie), x, axe - 22 - RANGEE * rang)
        for t, x, rang in posees
    ]
    total = somme(place.poids for place in places)
    return Tension(controverse, _adresse(controverse, copie), total, places, axe)


def _x(poids: Poids) -> float:
    return round(MARGE + poids.position * (LARGEUR - 2 * MARGE), 1)


def _cases(poids: Poids, des: Sequence[Source]) -> list[int]:
    return [poids.de(source.cle)[pole] for source in des for pole in (Pole.A, Pole.B, Pole.NI)]
