"""What the desk holds: how many lines in each bac and basket, and in which order."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, QuerySet, Value

from config.jours import jour_de
from engagement.bacs import BACS, PANIERS, Bac, Cellules, Panier
from engagement.models import Dispositif, Mediation

if TYPE_CHECKING:
    from comptes.models import Utilisateur

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
    lignes: Mapping[str, QuerySet[Any]] | None = None,
) -> dict[int, Nombres]:
    """How many lines each bac of each dispositif has in each basket. One query, however many.

    ``lignes``: those of each bac, for who has asked for them already.
    """
    jour = jour_de(at)
    lignes = lignes or lignes_des(bacs, cellules, at)
    nombres: dict[int, Nombres] = {
        pk: {bac.cle: dict.fromkeys(PANIERS, 0) for bac in bacs} for pk in cellules
    }
    for cle, dispositif, *trois in unir(
        _comptes(bac, lignes[bac.cle], user, cellules, jour) for bac in bacs
    ):
        nombres[dispositif][cle] = dict(zip(PANIERS, trois, strict=True))
    return nombres


def lignes_des(
    bacs: Collection[Bac], cellules: Cellules, at: dt.datetime | None
) -> dict[str, QuerySet[Any]]:
    """The lines of each bac. No query."""
    return {bac.cle: bac.lignes(list(cellules), at) for bac in bacs}


def _comptes(
    bac: Bac, lignes: QuerySet[Any], user: "Utilisateur", cellules: Cellules, jour: dt.date
) -> QuerySet[Any]:
    comptees = {
        f"n_{panier}": Count("pk", filter=bac.du_panier(panier, user, cellules, jour))
        for panier in PANIERS
    }
    par_dispositif = lignes.order_by().values("dispositif")
    resultat: QuerySet[Any] = par_dispositif.annotate(bac=Value(bac.cle), **comptees).values_list(
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


def dans_l_ordre(
    bac: Bac,
    user: "Utilisateur",
    cellules: Cellules,
    panier: Panier,
    at: dt.datetime | None,
    lignes: QuerySet[Any] | None = None,
) -> QuerySet[Any]:
    """The lines of a bac in a basket, by urgency and age: what a list and an export read."""
    toutes = bac.lignes(list(cellules), at) if lignes is None else lignes
    gardees = bac.du_panier(panier, user, cellules, jour_de(at))
    return toutes.filter(gardees).order_by(*bac.ordre)


def unir(requetes: Iterable[QuerySet[Any]]) -> Iterable[Any]:
    """Many questions in one query."""
    toutes = list(requetes)
    if not toutes:
        return []
    return toutes[0].union(*toutes[1:], all=True)
