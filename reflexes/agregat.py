"""What the organisations of an enquête say together, terrain by terrain, without saying who.

The rule (docs/decisions, 10): no figure is about fewer than five organisations, and what is shown changes
by five organisations at least. Autodiagnostics enter by groups of five; in each terrain those who cannot
tell do not count, so groups are added together until five more have spoken of it.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Count

from reflexes.models import Degre, Enquete, ReponseAutodiagnostic
from reflexes.models.vie_autodiagnostic import SEUIL


@dataclass
class Agregat:
    """One terrain: of ``repondants`` organisations, ``vecus`` lived it; degrees of ``degres_de`` of them.

    Zero organisations: too few to be shown yet.
    """

    repondants: int = 0
    vecus: int = 0
    degres: dict[int, int] = field(default_factory=lambda: dict.fromkeys(Degre.values, 0))

    @property
    def degres_de(self) -> int:
        """How many organisations the degrees are about."""
        return sum(self.degres.values())

    @property
    def part(self) -> int:
        """Of a hundred organisations, those that lived it."""
        return round(100 * self.vecus / self.repondants) if self.repondants else 0

    @property
    def lignes(self) -> list[tuple[str, int]]:
        """Each degree in words, and how many said it."""
        return [(Degre(degre).label, nombre) for degre, nombre in self.degres.items()]


@dataclass
class _Groupe:
    """What one group of five, or several that were too silent, said of one terrain."""

    repondants: int = 0
    vecus: int = 0
    degres: dict[int, int] = field(default_factory=lambda: dict.fromkeys(Degre.values, 0))


def agreger(enquete: Enquete, terrains: Collection[int]) -> dict[int, Agregat]:
    """The aggregate of each terrain, given by its lasting identity. One query."""
    comptes = (
        ReponseAutodiagnostic.objects.filter(
            autodiagnostic__enquete=enquete,
            autodiagnostic__lot__isnull=False,
            terrain__in=terrains,
            vecu__isnull=False,
        )
        .order_by()
        .values_list("terrain_id", "autodiagnostic__lot", "degre")
        .annotate(nombre=Count("pk"))
    )
    groupes: dict[int, dict[int, _Groupe]] = defaultdict(lambda: defaultdict(_Groupe))
    for terrain, lot, degre, nombre in comptes:
        groupe = groupes[terrain][lot]
        groupe.repondants += nombre
        if degre is not None:
            groupe.vecus += nombre
            groupe.degres[degre] += nombre
    return {
        terrain: _montrer([groupe for _, groupe in sorted(groupes[terrain].items())])
        for terrain in terrains
    }


def _montrer(groupes: list[_Groupe]) -> Agregat:
    """Add the groups, in order; what would change a figure by fewer than five organisations waits."""
    vu, part, degres = Agregat(), _Groupe(), _Groupe()
    for groupe in groupes:
        part.repondants += groupe.repondants
        part.vecus += groupe.vecus
        degres.vecus += groupe.vecus
        for degre, nombre in groupe.degres.items():
            degres.degres[degre] += nombre
        if part.repondants >= SEUIL:
            vu.repondants += part.repondants
            vu.vecus += part.vecus
            part = _Groupe()
        if degres.vecus >= SEUIL:
            for degre, nombre in degres.degres.items():
                vu.degres[degre] += nombre
            degres = _Groupe()
    return vu
