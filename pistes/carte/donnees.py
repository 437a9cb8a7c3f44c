"""What the map shows: controverses → terrains → pistes ← orientations. The list beside it reads the same object."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import F

from pistes.models import EditionOrientation, EditionPiste, Piste
from pistes.querysets import EditionPisteQuerySet
from reflexes.models import ControverseFigee, TerrainFige, VersionCartographie

# Beyond, a picture is no longer read: the page asks to choose a controverse or an orientation.
PISTES_AU_PLUS = 240


@dataclass
class Carte:
    """The rows of the map, and what ties them. Keys of ``terrains_de`` are pistes' numbers."""

    version: VersionCartographie | None = None
    controverses: list[ControverseFigee] = field(default_factory=list)
    terrains: list[TerrainFige] = field(default_factory=list)
    pistes: list[EditionPiste] = field(default_factory=list)
    orientations: list[EditionOrientation] = field(default_factory=list)
    terrains_de: dict[int, list[TerrainFige]] = field(default_factory=dict)
    choix: ControverseFigee | EditionOrientation | None = None
    toutes_les_controverses: list[ControverseFigee] = field(default_factory=list)
    toutes_les_orientations: list[EditionOrientation] = field(default_factory=list)
    tronquee: bool = False

    @property
    def est_vide(self) -> bool:
        """Whether there is nothing to draw."""
        return not (self.controverses or self.pistes)

    @property
    def chapitres(
        self,
    ) -> "list[tuple[ControverseFigee, list[tuple[TerrainFige, list[EditionPiste]]]]]":
        """The list: each controverse, its terrains, the pistes that answer each."""
        pistes: dict[int, list[EditionPiste]] = defaultdict(list)
        for edition in self.pistes:
            for terrain in self.terrains_de.get(edition.piste_id, []):
                pistes[terrain.pk].append(edition)
        return [
            (c, [(t, pistes[t.pk]) for t in self.terrains if t.controverse_id == c.pk])
            for c in self.controverses
        ]

    @property
    def rayons(self) -> "list[tuple[EditionOrientation | None, list[EditionPiste]]]":
        """The list, from the other side: each orientation and its pistes; then those without."""
        par_orientation: dict[int | None, list[EditionPiste]] = defaultdict(list)
        for edition in self.pistes:
            par_orientation[edition.piste.orientation_id].append(edition)
        rayons: list[tuple[EditionOrientation | None, list[EditionPiste]]] = [
            (o, par_orientation.pop(o.orientation_id, [])) for o in self.orientations
        ]
        seules = [edition for editions in par_orientation.values() for edition in editions]
        return [*rayons, (None, seules)] if seules else rayons


def carte(*, controverse: str = "", orientation: str = "") -> Carte:
    """The map of the latest published version; of one controverse or orientation by its key. Six queries."""
    version = VersionCartographie.objects.publiees().select_related("enquete")
    derniere = version.order_by("-enquete__debut", "-enquete_id", "-rang").first()
    dessin = Carte(version=derniere)
    orientations = EditionOrientation.objects.publies().pour_liste()
    dessin.toutes_les_orientations = dessin.orientations = list(orientations)
    if derniere is not None:
        figees = derniere.controverses.select_related("controverse__enquete").order_by("numero")
        dessin.toutes_les_controverses = dessin.controverses = list(figees)
        terrains = derniere.terrains.select_related("terrain", "controverse__controverse__enquete")
        rangs = {c.pk: rang for rang, c in enumerate(dessin.controverses)}
        dessin.terrains = sorted(terrains, key=lambda t: (rangs[t.controverse_id], t.ordre))
    editions = EditionPiste.objects.publies().select_related(
        "piste__recueil", "piste__orientation__recueil"
    )
    dessin.choix = _choix(dessin, controverse, orientation)
    if isinstance(dessin.choix, ControverseFigee):
        siens = [t.terrain_id for t in dessin.terrains if t.controverse_id == dessin.choix.pk]
        editions = editions.filter(
            piste__in=Piste.terrains.through.objects.filter(terrain__in=siens).values("piste")
        )
    elif dessin.choix is not None:
        editions = editions.filter(piste__orientation=dessin.choix.orientation_id)
    _relier(dessin, list(_dans_l_ordre(editions)[: PISTES_AU_PLUS + 1]))
    _garder_les_chemins(dessin)
    return dessin


def _dans_l_ordre(editions: EditionPisteQuerySet) -> EditionPisteQuerySet:
    return editions.order_by(
        "piste__recueil__annee",
        "piste__recueil_id",
        F("piste__orientation__numero").asc(nulls_last=True),
        "piste__rang",
    )


def _choix(
    dessin: Carte, controverse: str, orientation: str
) -> ControverseFigee | EditionOrientation | None:
    choix: list[ControverseFigee | EditionOrientation] = [
        c for c in dessin.controverses if c.controverse.cle == controverse
    ]
    choix += [o for o in dessin.orientations if o.orientation.slug == orientation]
    return choix[0] if choix else None


def _relier(dessin: Carte, editions: list[EditionPiste]) -> None:
    """The pistes, cut at what a picture can hold, and the terrains each answers."""
    dessin.tronquee = len(editions) > PISTES_AU_PLUS
    dessin.pistes = editions[:PISTES_AU_PLUS]
    terrains = {t.terrain_id: t for t in dessin.terrains}
    liens = Piste.terrains.through.objects.filter(
        piste__in=[e.piste_id for e in dessin.pistes], terrain__in=terrains
    )
    par_piste: dict[int, list[TerrainFige]] = defaultdict(list)
    for piste, terrain in liens.order_by("pk").values_list("piste_id", "terrain_id"):
        par_piste[piste].append(terrains[terrain])
    dessin.terrains_de = {p: sorted(ts, key=lambda t: t.ordre) for p, ts in par_piste.items()}


def _garder_les_chemins(dessin: Carte) -> None:
    """With a choice, only what a path ties to it."""
    if dessin.choix is None:
        return
    choisie = dessin.choix
    if isinstance(choisie, ControverseFigee):
        dessin.controverses = [choisie]
        dessin.terrains = [t for t in dessin.terrains if t.controverse_id == choisie.pk]
        gardes = {t.pk for t in dessin.terrains}
        for piste, terrains in dessin.terrains_de.items():
            dessin.terrains_de[piste] = [t for t in terrains if t.pk in gardes]
        siennes = {edition.piste.orientation_id for edition in dessin.pistes}
        dessin.orientations = [o for o in dessin.orientations if o.orientation_id in siennes]
        return
    dessin.orientations = [choisie]
    touches = {t.pk for terrains in dessin.terrains_de.values() for t in terrains}
    dessin.terrains = [t for t in dessin.terrains if t.pk in touches]
    meres = {t.controverse_id for t in dessin.terrains}
    dessin.controverses = [c for c in dessin.controverses if c.pk in meres]
