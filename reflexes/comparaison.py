"""What changed between two versions of the cartographie, terrain by terrain, controverse by controverse.

A terrain is the same one when its lasting identity is, whatever its number, its title, its controverse.
"""

from dataclasses import dataclass, field

from reflexes.models import ControverseFigee, TerrainFige, VersionCartographie


@dataclass
class Changement:
    """One terrain that both versions hold and say otherwise."""

    avant: TerrainFige
    apres: TerrainFige

    @property
    def deplace(self) -> bool:
        """Under another controverse."""
        return self.avant.controverse.controverse_id != self.apres.controverse.controverse_id

    @property
    def renumerote(self) -> bool:
        """Another number under the same controverse."""
        return self.avant.numero != self.apres.numero and not self.deplace

    @property
    def reformule(self) -> bool:
        """Another text: the terrain itself is understood otherwise."""
        return not _pareils(self.avant.texte, self.apres.texte)

    @property
    def retitre(self) -> bool:
        """Another title over the same text."""
        return not _pareils(self.avant.titre, self.apres.titre) and not self.reformule


@dataclass
class ChangementDeControverse:
    """One controverse that both versions hold and say otherwise."""

    avant: ControverseFigee
    apres: ControverseFigee

    @property
    def champs(self) -> list[tuple[str, str, str]]:
        """What differs in a line: its name, before, after."""
        lignes = [
            ("Numéro", str(self.avant.numero), str(self.apres.numero)),
            ("Thème", self.avant.theme, self.apres.theme),
            ("Premier pôle", self.avant.pole_a, self.apres.pole_a),
            ("Second pôle", self.avant.pole_b, self.apres.pole_b),
        ]
        return [ligne for ligne in lignes if not _pareils(ligne[1], ligne[2])]

    @property
    def reformulee(self) -> bool:
        """Another text."""
        return not _pareils(self.avant.texte, self.apres.texte)


@dataclass
class Comparaison:
    """Two versions, sorted by what happened to their terrains and controverses."""

    avant: VersionCartographie
    apres: VersionCartographie
    disparus: list[TerrainFige] = field(default_factory=list)
    ajoutes: list[TerrainFige] = field(default_factory=list)
    deplaces: list[Changement] = field(default_factory=list)
    renumerotes: list[Changement] = field(default_factory=list)
    reformules: list[Changement] = field(default_factory=list)
    retitres: list[Changement] = field(default_factory=list)
    inchanges: list[TerrainFige] = field(default_factory=list)
    terrains_avant: int = 0
    terrains_apres: int = 0
    controverses_disparues: list[ControverseFigee] = field(default_factory=list)
    controverses_ajoutees: list[ControverseFigee] = field(default_factory=list)
    controverses_changees: list[ChangementDeControverse] = field(default_factory=list)

    @property
    def rien_ne_change(self) -> bool:
        """Whether both versions say the same."""
        terrains = [self.disparus, self.ajoutes, self.deplaces, self.renumerotes, self.reformules]
        controverses = [self.controverses_disparues, self.controverses_ajoutees]
        return not any([*terrains, self.retitres, *controverses, self.controverses_changees])


def comparer(avant: VersionCartographie, apres: VersionCartographie) -> Comparaison:
    """Compare two versions. Two queries. A terrain may be both renumbered and reformulated."""
    anciens, nouveaux = _terrains(avant, apres)
    comparaison = Comparaison(
        avant, apres, terrains_avant=len(anciens), terrains_apres=len(nouveaux)
    )
    for cle, ancien in anciens.items():
        if cle in nouveaux:
            _ranger(comparaison, Changement(ancien, nouveaux[cle]))
        else:
            comparaison.disparus.append(ancien)
    comparaison.ajoutes = [nouveau for cle, nouveau in nouveaux.items() if cle not in anciens]
    _comparer_les_controverses(comparaison)
    return comparaison


def _ranger(comparaison: Comparaison, changement: Changement) -> None:
    rayons = [
        (changement.deplace, comparaison.deplaces),
        (changement.renumerote, comparaison.renumerotes),
        (changement.reformule, comparaison.reformules),
        (changement.retitre, comparaison.retitres),
    ]
    siens = [rayon for oui, rayon in rayons if oui]
    for rayon in siens:
        rayon.append(changement)
    if not siens:
        comparaison.inchanges.append(changement.apres)


def _comparer_les_controverses(comparaison: Comparaison) -> None:
    anciennes, nouvelles = _controverses(comparaison.avant, comparaison.apres)
    for cle, ancienne in anciennes.items():
        if cle not in nouvelles:
            comparaison.controverses_disparues.append(ancienne)
            continue
        changement = ChangementDeControverse(ancienne, nouvelles[cle])
        if changement.champs or changement.reformulee:
            comparaison.controverses_changees.append(changement)
    comparaison.controverses_ajoutees = [n for cle, n in nouvelles.items() if cle not in anciennes]


def _pareils(avant: str, apres: str) -> bool:
    """The same words, whatever the ends of their lines."""
    return avant.replace("\r\n", "\n").strip() == apres.replace("\r\n", "\n").strip()


def _terrains(*versions: VersionCartographie) -> list[dict[int, TerrainFige]]:
    """The terrains of each version. One query."""
    figes = TerrainFige.objects.filter(version__in=versions).select_related(
        "terrain", "controverse__controverse__enquete"
    )
    ordonnes = sorted(figes, key=lambda t: t.ordre)
    return [{t.terrain_id: t for t in ordonnes if t.version_id == v.pk} for v in versions]


def _controverses(*versions: VersionCartographie) -> list[dict[int, ControverseFigee]]:
    """The controverses of each version. One query."""
    figees = ControverseFigee.objects.filter(version__in=versions).order_by("numero")
    lues = list(figees.select_related("controverse__enquete"))
    return [{c.controverse_id: c for c in lues if c.version_id == v.pk} for v in versions]
