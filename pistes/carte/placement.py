"""Where each box of the map stands. Four columns read from left to right; nothing ever overlaps."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from config.mesures_de_texte import en_lignes
from pistes.carte.donnees import Carte

CORPS = 13
INTERLIGNE = 17
MARGE = 9
ENTRE_BOITES = 8
ENTRE_GROUPES = 22
ENTETE = 34
BORD = 8
LIGNES = 6
# Left edge and width of each column: controverses, terrains, pistes, orientations.
COLONNES = [(BORD, 230), (292, 236), (690, 270), (1028, 212)]
LARGEUR = 1028 + 212 + BORD
TITRES = ["Controverses", "Terrains", "Pistes", "Orientations"]


class Adressable(Protocol):
    """What has a page of its own."""

    def get_absolute_url(self) -> str: ...


@dataclass
class Boite:
    """One element: a link, its words cut into lines, its place."""

    cle: str
    colonne: int
    nom: str
    adresse: str
    lignes: list[str]
    teinte: int | None = None
    y: int = 0

    @property
    def x(self) -> int:
        """Left edge."""
        return COLONNES[self.colonne][0]

    @property
    def largeur(self) -> int:
        """Of its column."""
        return COLONNES[self.colonne][1]

    @property
    def hauteur(self) -> int:
        """What its lines need."""
        return INTERLIGNE * len(self.lignes) + MARGE * 2 - 4

    @property
    def bas(self) -> int:
        """Bottom edge."""
        return self.y + self.hauteur

    @property
    def milieu(self) -> float:
        """Where its links arrive."""
        return self.y + self.hauteur / 2

    @property
    def texte_x(self) -> int:
        """Where its lines begin."""
        return self.x + MARGE

    @property
    def texte_y(self) -> int:
        """Base of its first line."""
        return self.y + MARGE + 10


@dataclass(frozen=True)
class Trait:
    """What ties two boxes, from left to right."""

    de: Boite
    vers: Boite

    @property
    def teinte(self) -> int | None:
        """The colour of the orientation it leads to, if any."""
        return self.vers.teinte

    @property
    def chemin(self) -> str:
        """A curve that leaves and arrives flat."""
        x1, x2 = self.de.x + self.de.largeur, self.vers.x
        pli = (x2 - x1) / 2
        y1, y2 = round(self.de.milieu, 1), round(self.vers.milieu, 1)
        return f"M{x1} {y1}C{x1 + pli} {y1} {x2 - pli} {y2} {x2} {y2}"


@dataclass
class Plan:
    """The whole picture."""

    boites: list[Boite] = field(default_factory=list)
    traits: list[Trait] = field(default_factory=list)
    hauteur: int = 0

    largeur = LARGEUR

    @property
    def titres(self) -> list[tuple[int, str]]:
        """The names of the columns, where they stand."""
        return [(x, titre) for (x, _), titre in zip(COLONNES, TITRES, strict=True)]


Groupe = tuple[Boite | None, list[Boite]]


def placer(carte: Carte) -> Plan:
    """Boxes and links. Each controverse stands beside its terrains, each orientation beside its pistes."""
    gauche, droite = _groupes_de_gauche(carte), _groupes_de_droite(carte)
    hauteur = max(_hauteur(gauche), _hauteur(droite), INTERLIGNE)
    _empiler(gauche, hauteur)
    _empiler(droite, hauteur)
    plan = Plan(hauteur=ENTETE + hauteur + BORD)
    groupes = [*gauche, *droite]
    plan.boites = [mere for mere, _ in groupes if mere] + [b for _, bs in groupes for b in bs]
    plan.boites.sort(key=lambda b: (b.colonne, b.y))
    plan.traits = _traits(carte, {b.cle: b for b in plan.boites}, gauche, droite)
    return plan


def _groupes_de_gauche(carte: Carte) -> list[Groupe]:
    enfants: dict[int, list[Boite]] = defaultdict(list)
    for terrain in carte.terrains:
        boite = _boite(f"t{terrain.pk}", 1, f"{terrain.numero} {terrain.titre}", "Terrain", terrain)
        enfants[terrain.controverse_id].append(boite)
    return [
        (
            _boite(
                f"c{c.pk}", 0, f"{c.numero}. {c.theme} : {c.pole_a} ↔ {c.pole_b}", "Controverse", c
            ),
            enfants[c.pk],
        )
        for c in carte.controverses
    ]


def _groupes_de_droite(carte: Carte) -> list[Groupe]:
    groupes: list[Groupe] = []
    for orientation, editions in carte.rayons:
        teinte = orientation.orientation.numero if orientation else None
        mere = None
        if orientation:
            texte = f"{orientation.titre} #{orientation.orientation.mot_cle}"
            mere = _boite(f"o{orientation.pk}", 3, texte, "Orientation", orientation, teinte)
        siennes = [_boite(f"p{e.piste_id}", 2, e.titre, "Piste", e, teinte) for e in editions]
        groupes.append((mere, siennes))
    return groupes


def _boite(
    cle: str, colonne: int, texte: str, quoi: str, objet: Adressable, teinte: int | None = None
) -> Boite:
    place = COLONNES[colonne][1] - 2 * MARGE
    lignes = en_lignes(texte, place, CORPS, LIGNES)
    return Boite(cle, colonne, f"{quoi} : {texte}", objet.get_absolute_url(), lignes, teinte)


def _pile(boites: Sequence[Boite]) -> int:
    return sum(b.hauteur for b in boites) + ENTRE_BOITES * max(len(boites) - 1, 0)


def _hauteur_de_groupe(groupe: Groupe) -> int:
    mere, enfants = groupe
    return max(mere.hauteur if mere else 0, _pile(enfants))


def _hauteur(groupes: Sequence[Groupe]) -> int:
    return sum(map(_hauteur_de_groupe, groupes)) + ENTRE_GROUPES * max(len(groupes) - 1, 0)


def _empiler(groupes: Sequence[Groupe], hauteur: int) -> None:
    """Groups one under the other; the shorter side spreads over the height of the longer."""
    aise = (hauteur - _hauteur(groupes)) / max(len(groupes), 1)
    y = ENTETE + aise / 2
    for groupe in groupes:
        mere, enfants = groupe
        haut = _hauteur_de_groupe(groupe)
        if mere:
            mere.y = round(y + (haut - mere.hauteur) / 2)
        cours = round(y + (haut - _pile(enfants)) / 2)
        for boite in enfants:
            boite.y = cours
            cours += boite.hauteur + ENTRE_BOITES
        y += haut + ENTRE_GROUPES + aise


def _traits(
    carte: Carte, boites: dict[str, Boite], gauche: list[Groupe], droite: list[Groupe]
) -> list[Trait]:
    traits = [Trait(mere, enfant) for mere, enfants in gauche if mere for enfant in enfants]
    for edition in carte.pistes:
        piste = boites[f"p{edition.piste_id}"]
        for terrain in carte.terrains_de.get(edition.piste_id, []):
            traits.append(Trait(boites[f"t{terrain.pk}"], piste))
    return [*traits, *(Trait(e, mere) for mere, enfants in droite if mere for e in enfants)]
