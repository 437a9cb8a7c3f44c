"""The controverses of an imported notebook, as one more draft version of the cartographie."""

from collections.abc import Sequence
from typing import Protocol

from django.db import transaction
from django.utils.text import slugify

from reflexes import corpus_enquete
from reflexes.models import (
    Controverse,
    ControverseFigee,
    Enquete,
    Terrain,
    TerrainFige,
    VersionCartographie,
)

CODE = "CARNET-INTEGRAL"
TITRE = "Cartographie du carnet (texte intégral)"


class TerrainImporte(Protocol):
    """What is asked of a terrain that was read."""

    @property
    def numero(self) -> str: ...
    @property
    def titre(self) -> str: ...
    @property
    def texte(self) -> str: ...


class ControverseImportee(Protocol):
    """What is asked of a controverse that was read."""

    @property
    def numero(self) -> int: ...
    @property
    def theme(self) -> str: ...
    @property
    def pole_a(self) -> str: ...
    @property
    def pole_b(self) -> str: ...
    @property
    def texte(self) -> str: ...
    @property
    def terrains(self) -> Sequence[TerrainImporte]: ...


def importer_cartographie(lues: Sequence[ControverseImportee]) -> int:
    """Make the draft: 1, or 0 when these words are there already or nothing was read.

    Terrains keep their lasting identity: same number in the shipped notebook, or same title.
    The shipped enquête is laid first when missing: identities come from it.
    """
    if not lues:
        return 0
    livree = corpus_enquete.lire()
    with transaction.atomic():
        enquetes = Enquete.objects.select_for_update().filter(cle=livree.cle)
        enquete: Enquete | None = enquetes.first()
        if enquete is None:
            corpus_enquete.charger(livree)
            enquete = Enquete.objects.get(cle=livree.cle)
        deja = enquete.versions.filter(code__startswith=CODE)
        if any(_ecrit(version) == _lu(lues) for version in deja):
            return 0
        version = VersionCartographie.objects.create(
            enquete=enquete,
            code=CODE if not deja else f"{CODE}-{len(deja) + 1}",
            rang=VersionCartographie.rang_suivant(enquete),
            titre=TITRE,
            note="Les textes du document original, importés tels quels.",
            source="CARNET",
        )
        for lue in lues:
            _ecrire(version, lue)
    return 1


def _ecrire(version: VersionCartographie, lue: ControverseImportee) -> None:
    controverse = _controverse(version.enquete, lue)
    figee = ControverseFigee.objects.create(
        version=version,
        controverse=controverse,
        numero=lue.numero,
        theme=lue.theme,
        pole_a=lue.pole_a,
        pole_b=lue.pole_b,
        texte=lue.texte,
        source="CARNET",
    )
    for terrain in lue.terrains:
        TerrainFige.objects.create(
            version=version,
            controverse=figee,
            terrain=_terrain(controverse, terrain),
            numero=terrain.numero,
            titre=terrain.titre,
            texte=terrain.texte,
        )


def _controverse(enquete: Enquete, lue: ControverseImportee) -> Controverse:
    existante = enquete.controverses.filter(numero=lue.numero).first()
    return existante or Controverse.objects.create(
        enquete=enquete,
        cle=slugify(lue.theme)[:80] or f"controverse-{lue.numero}",
        numero=lue.numero,
        theme=lue.theme,
        pole_a=lue.pole_a,
        pole_b=lue.pole_b,
        texte=lue.texte,
        source="CARNET",
    )


def _terrain(controverse: Controverse, lu: TerrainImporte) -> Terrain:
    """The lasting identity of a terrain of the notebook; a new one when nothing is like it."""
    dits = TerrainFige.objects.publies().filter(terrain__controverse=controverse)
    connu = (
        dits.filter(version__code="CARNET", numero=lu.numero).first()
        or dits.filter(titre__iexact=lu.titre).first()
    )
    terrain: Terrain
    if connu is not None:
        terrain = connu.terrain
        return terrain
    terrain, _ = Terrain.objects.get_or_create(
        controverse=controverse, cle=slugify(lu.titre)[:80] or f"terrain-{slugify(lu.numero)}"
    )
    return terrain


Dit = tuple[int, str, str, str, str, tuple[tuple[str, str, str], ...]]


def _lu(lues: Sequence[ControverseImportee]) -> list[Dit]:
    """What was read, as plain data to compare."""
    return sorted(
        (
            lue.numero,
            lue.theme,
            lue.pole_a,
            lue.pole_b,
            lue.texte,
            tuple(sorted((t.numero, t.titre, t.texte) for t in lue.terrains)),
        )
        for lue in lues
    )


def _ecrit(version: VersionCartographie) -> list[Dit]:
    """What a version says, in the same shape."""
    return _lu([_Figee(c) for c in version.controverses.prefetch_related("terrains")])


class _Figee:
    """A frozen controverse seen as one that was read."""

    def __init__(self, figee: ControverseFigee) -> None:
        self.numero, self.theme, self.texte = figee.numero, figee.theme, figee.texte
        self.pole_a, self.pole_b = figee.pole_a, figee.pole_b
        self.terrains = list(figee.terrains.all())
