"""All chantiers "en un seul regard" (ENQUÊTE): grouped, and ever shorter as they are more."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, F, IntegerField, When

from pistes.filtres_chantiers import SANS
from pistes.models import Chantier, EditionOrientation, Orientation
from pistes.querysets_chantiers import ChantierQuerySet

# Up to AMPLE all four parts are shown, up to CARTES two of them; past it, a line each.
AMPLE, CARTES, PAR_PAGE = 12, 60, 120


@dataclass
class Groupe:
    """Chantiers of one orientation, size or state; ``nombre`` counts those of other pages too."""

    cle: str
    titre: str
    nombre: int
    orientation: Orientation | None = None
    chantiers: list[Chantier] = field(default_factory=list)


@dataclass
class Panorama:
    """One page of it."""

    groupes: list[Groupe]
    nombre: int
    page: int
    pages: int

    @property
    def precedente(self) -> int:
        """The page before."""
        return self.page - 1

    @property
    def suivante(self) -> int:
        """The page after."""
        return self.page + 1

    @property
    def densite(self) -> str:
        """How much each chantier says."""
        if self.nombre <= AMPLE:
            return "ample"
        return "cartes" if self.nombre <= CARTES else "lignes"


def dresser(chantiers: ChantierQuerySet, rangement: str, page: int) -> Panorama:
    """The chantiers of a page, by group. Four queries, whatever their number."""
    comptes = dict(_compter(chantiers, rangement))
    nombre = sum(comptes.values())
    pages = max(1, -(-nombre // PAR_PAGE))
    page = min(max(page, 1), pages)
    rangees = _ranger(chantiers, rangement).pour_liste()
    groupes: dict[Any, Groupe] = {}
    titres = _titres() if rangement == "orientation" else {}
    for chantier in rangees[(page - 1) * PAR_PAGE : page * PAR_PAGE]:
        valeur = chantier.orientation_id if rangement == "orientation" else chantier.etat
        valeur = chantier.taille if rangement == "taille" else valeur
        if valeur not in groupes:
            groupes[valeur] = _groupe(chantier, rangement, titres, comptes.get(valeur, 0))
        groupes[valeur].chantiers.append(chantier)
    return Panorama(list(groupes.values()), nombre, page, pages)


def _compter(chantiers: ChantierQuerySet, rangement: str) -> Any:
    comptees = chantiers.order_by().values(rangement).annotate(n=Count("pk", distinct=True))
    return comptees.values_list(rangement, "n")


def _ranger(chantiers: ChantierQuerySet, rangement: str) -> ChantierQuerySet:
    if rangement == "orientation":
        return chantiers.order_by(
            F("orientation__recueil__annee").asc(nulls_last=True),
            "orientation__recueil_id",
            "orientation__numero",
            "titre",
            "pk",
        )
    choix = Chantier.Taille if rangement == "taille" else Chantier.Etat
    ordre = Case(
        *[When(**{rangement: valeur}, then=rang) for rang, valeur in enumerate(choix.values)],
        output_field=IntegerField(),
    )
    return chantiers.order_by(ordre, "titre", "pk")


def _titres() -> dict[int, str]:
    editions = EditionOrientation.objects.publies()
    return dict(editions.values_list("orientation_id", "titre"))


def _groupe(chantier: Chantier, rangement: str, titres: dict[int, str], nombre: int) -> Groupe:
    if rangement == "taille":
        return Groupe(chantier.taille, chantier.get_taille_display(), nombre)
    if rangement == "etat":
        return Groupe(chantier.etat, chantier.get_etat_display(), nombre)
    orientation = chantier.orientation
    if orientation is None:
        return Groupe(SANS, "Sans orientation, ou dans plusieurs", nombre)
    titre = titres.get(orientation.pk, f"#{orientation.mot_cle}")
    return Groupe(orientation.slug, titre, nombre, orientation)
