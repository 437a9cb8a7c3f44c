"""What speaks for one pole or the other: témoignages here, whatever a later room adds.

A voice is one published témoignage, or one test, on one terrain. Nothing is weighted: one is one.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from reflexes.models import Pole, Temoignage

# (terrain, pole, how many): every pole of a terrain at most once. One query.
Comptes = Iterable[tuple[int, str, int]]


@dataclass(frozen=True)
class Source:
    """A kind of voice that may speak for a pole."""

    cle: str
    libelle: str
    compter: Callable[[Collection[int]], Comptes]


@dataclass
class Poids:
    """How many voices of each kind speak for the first pole, the second, neither."""

    voix: dict[str, dict[str, int]] = field(default_factory=dict)

    def ajouter(self, source: str, pole: str, nombre: int) -> None:
        """Count some voices of one kind."""
        siennes = self.voix.setdefault(source, dict.fromkeys(Pole.values, 0))
        siennes[pole] += nombre

    def _total(self, pole: str) -> int:
        return sum(siennes.get(pole, 0) for siennes in self.voix.values())

    @property
    def a(self) -> int:
        """Voices for the first pole."""
        return self._total(Pole.A)

    @property
    def b(self) -> int:
        """Voices for the second pole."""
        return self._total(Pole.B)

    @property
    def ni(self) -> int:
        """Voices for neither, or both."""
        return self._total(Pole.NI)

    @property
    def total(self) -> int:
        """All the voices."""
        return self.a + self.b + self.ni

    @property
    def position(self) -> float:
        """Where the weight stands, from 0 (first pole) to 1 (second); in the middle without voices.

        One more voice is counted on each side: a single one moves the weight, not all the way.
        """
        return (self.b + 1) / (self.a + self.b + 2)

    def de(self, source: str) -> dict[str, int]:
        """The voices of one kind, by pole."""
        return self.voix.get(source) or dict.fromkeys(Pole.values, 0)


_SOURCES: dict[str, Source] = {}


def inscrire(source: Source) -> None:
    """Count one more kind of voice. A room that this one may not import calls it when it is ready."""
    _SOURCES[source.cle] = source


def sources() -> list[Source]:
    """The kinds of voices counted, in the order they were declared."""
    return list(_SOURCES.values())


def peser(terrains: Collection[int]) -> dict[int, Poids]:
    """The weight of each terrain, given by its lasting identity. One query for each kind of voice."""
    poids = {terrain: Poids() for terrain in terrains}
    for source in sources():
        for terrain, pole, nombre in source.compter(terrains):
            poids[terrain].ajouter(source.cle, pole, nombre)
    return poids


def somme(poids: Iterable[Poids]) -> Poids:
    """The weight of a controverse: the voices of all its terrains."""
    total = Poids()
    for un in poids:
        for source, siennes in un.voix.items():
            for pole, nombre in siennes.items():
                total.ajouter(source, pole, nombre)
    return total


def _temoignages(terrains: Collection[int]) -> Comptes:
    return Temoignage.objects.voix(terrains)


inscrire(Source("temoignages", "témoignages", _temoignages))
