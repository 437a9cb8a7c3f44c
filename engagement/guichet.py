"""What the desk holds: how many lines in each bac and basket, and the first of them."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, QuerySet, Value

from config.jours import jour_de
from engagement.bacs import BACS, PANIERS, Bac, Cellules, Panier
from engagement.lignes import LigneDuGuichet, lire
from engagement.models import Dispositif, Mediation

if TYPE_CHECKING:
    from comptes.models import Utilisateur

MONTREES = 5
Nombres = dict[str, dict[Panier, int]]


def cellules_de(dispositifs: Collection[int]) -> dict[int, dict[int, "Utilisateur"]]:
    """Who keeps each of these desks today. One query."""
    cellules: dict[int, dict[int, Utilisateur]] = {pk: {} for pk in dispositifs}
    mediations = Mediation.objects.filter(
        dispositif__in=dispositifs, jusqu_au=None, utilisateur__is_active=True
    )
    for mediation in mediations.select_related("utilisateur").order_by("depuis", "pk"):
        cellules[mediation.dispositif_id][mediation.utilisateur_id] = mediation.utilisateur
    return cellules


def compter(
    user: "Utilisateur",
    cellules: Cellules,
    at: dt.datetime | None = None,
    bacs: Collection[Bac] = BACS,
) -> dict[int, Nombres]:
    """How many lines each bac of each dispositif has in each basket. One query, however many."""
    jour = jour_de(at)
    nombres: dict[int, Nombres] = {
        pk: {bac.cle: dict.fromkeys(PANIERS, 0) for bac in bacs} for pk in cellules
    }
    for cle, dispositif, *trois in _unir(_comptes(bac, user, cellules, jour, at) for bac in bacs):
        nombres[dispositif][cle] = dict(zip(PANIERS, trois, strict=True))
    return nombres


def _comptes(
    bac: Bac, user: "Utilisateur", cellules: Cellules, jour: dt.date, at: dt.datetime | None
) -> QuerySet[Any]:
    comptees = {
        f"n_{panier}": Count("pk", filter=bac.du_panier(panier, user, cellules, jour))
        for panier in PANIERS
    }
    lignes = bac.lignes(list(cellules), at).order_by().values("dispositif")
    resultat: QuerySet[Any] = lignes.annotate(bac=Value(bac.cle), **comptees).values_list(
        "bac", "dispositif", *comptees
    )
    return resultat


def total(nombres: Nombres, panier: Panier) -> int:
    """What the badge says: the lines of a basket that ask something."""
    return sum(nombres[bac.cle][panier] for bac in BACS if bac.agit)


@dataclasses.dataclass(frozen=True)
class MonGuichet:
    """A desk somebody keeps, and what waits there in each basket."""

    dispositif: Dispositif
    moi: int
    personne: int
    cellule: int


def mes_guichets(user: "Utilisateur", at: dt.datetime | None = None) -> list[MonGuichet]:
    """The desks this person keeps, those not closed first. Three queries, one for who keeps none."""
    miens = Dispositif.objects.de_la_cellule(user).select_related("organisation")
    dispositifs = list(miens.order_by(F("clos_le").desc(nulls_first=True), "nom", "pk"))
    cellules = cellules_de([d.pk for d in dispositifs])
    nombres = compter(user, cellules, at) if cellules else {}
    return [
        MonGuichet(d, **{panier: total(nombres[d.pk], panier) for panier in PANIERS})
        for d in dispositifs
    ]


@dataclasses.dataclass(frozen=True)
class Section:
    """A bac as the page shows it: its first lines, and how many there are."""

    bac: Bac
    lignes: list[LigneDuGuichet]
    nombre: int

    @property
    def autres(self) -> int:
        """How many are not shown."""
        return self.nombre - len(self.lignes)


@dataclasses.dataclass(frozen=True)
class PageDuGuichet:
    """The desk of one dispositif, through one basket."""

    sections: list[Section]
    # The sections of each group, for the table of contents; what each basket holds.
    paniers: list[tuple[str, str, int]]
    cellule: dict[int, "Utilisateur"]


def page(
    dispositif: Dispositif,
    user: "Utilisateur",
    panier: Panier = "cellule",
    groupe: str = "",
    at: dt.datetime | None = None,
) -> PageDuGuichet:
    """Everything the desk shows. Seven queries at most, however much there is."""
    cellules = cellules_de([dispositif.pk])
    nombres = compter(user, cellules, at)[dispositif.pk]
    bacs = [
        bac
        for bac in BACS
        if nombres[bac.cle][panier] and (not groupe or bac.groupe in {groupe, "aide"})
    ]
    premieres: dict[str, list[int]] = {bac.cle: [] for bac in bacs}
    for cle, pk in _unir(_premieres(bac, user, cellules, panier, at) for bac in bacs):
        premieres[cle].append(pk)
    lues = lire(bacs, premieres, cellules[dispositif.pk], at)
    return PageDuGuichet(
        sections=[Section(bac, lues[bac.cle], nombres[bac.cle][panier]) for bac in bacs],
        paniers=[(cle, titre, total(nombres, cle)) for cle, titre in PANIERS.items()],
        cellule=cellules[dispositif.pk],
    )


def dans_l_ordre(
    bac: Bac, user: "Utilisateur", cellules: Cellules, panier: Panier, at: dt.datetime | None
) -> QuerySet[Any]:
    """The lines of a bac in a basket, by urgency and age: what a list and an export read."""
    gardees = bac.du_panier(panier, user, cellules, jour_de(at))
    return bac.lignes(list(cellules), at).filter(gardees).order_by(*bac.ordre)


def _premieres(
    bac: Bac, user: "Utilisateur", cellules: Cellules, panier: Panier, at: dt.datetime | None
) -> QuerySet[Any]:
    lignes = dans_l_ordre(bac, user, cellules, panier, at)
    premieres: QuerySet[Any] = lignes.annotate(bac=Value(bac.cle)).values_list("bac", "pk")
    return premieres[:MONTREES]


def _unir(requetes: Iterable[QuerySet[Any]]) -> Iterable[Any]:
    """Many questions in one query."""
    toutes = list(requetes)
    if not toutes:
        return []
    return toutes[0].union(*toutes[1:], all=True)
