"""What changed between two versions of the cartographie, terrain by terrain.

A terrain is the same one when its lasting identity is, whatever its number and its title.
"""

from dataclasses import dataclass, field

from reflexes.models import TerrainFige, VersionCartographie


@dataclass
class Changement:
    """One terrain that both versions hold and say otherwise."""

    avant: TerrainFige
    apres: TerrainFige

    @property
    def renumerote(self) -> bool:
        """Another number."""
        return self.avant.numero != self.apres.numero

    @property
    def reformule(self) -> bool:
        """Another text: the terrain itself is understood otherwise."""
        return self.avant.texte.strip() != self.apres.texte.strip()

    @property
    def retitre(self) -> bool:
        """Another title over the same text."""
        return self.avant.titre.strip() != self.apres.titre.strip() and not self.reformule


@dataclass
class Comparaison:
    """The terrains of two versions, sorted by what happened to them."""

    avant: VersionCartographie
    apres: VersionCartographie
    disparus: list[TerrainFige] = field(default_factory=list)
    ajoutes: list[TerrainFige] = field(default_factory=list)
    renumerotes: list[Changement] = field(default_factory=list)
    reformules: list[Changement] = field(default_factory=list)
    retitres: list[Changement] = field(default_factory=list)
    inchanges: list[TerrainFige] = field(default_factory=list)

    @property
    def rien_ne_change(self) -> bool:
        """Whether both versions say the same."""
        return not (
            self.disparus or self.ajoutes or self.renumerotes or self.reformules or self.retitres
        )


def comparer(avant: VersionCartographie, apres: VersionCartographie) -> Comparaison:
    """Compare two versions. Two queries. A terrain may be both renumbered and reformulated."""
    comparaison = Comparaison(avant, apres)
    anciens = _terrains(avant)
    nouveaux = _terrains(apres)
    for cle, ancien in anciens.items():
        if cle not in nouveaux:
            comparaison.disparus.append(ancien)
            continue
        changement = Changement(ancien, nouveaux[cle])
        if changement.renumerote:
            comparaison.renumerotes.append(changement)
        if changement.reformule:
            comparaison.reformules.append(changement)
        if changement.retitre:
            comparaison.retitres.append(changement)
        if not (changement.renumerote or changement.reformule or changement.retitre):
            comparaison.inchanges.append(nouveaux[cle])
    comparaison.ajoutes = [nouveau for cle, nouveau in nouveaux.items() if cle not in anciens]
    return comparaison


def _terrains(version: VersionCartographie) -> dict[int, TerrainFige]:
    terrains = version.terrains.select_related("terrain", "controverse__controverse__enquete")
    return {fige.terrain_id: fige for fige in sorted(terrains, key=lambda t: t.ordre)}
