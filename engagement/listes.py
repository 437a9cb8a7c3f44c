"""A page of one bac, after a place: urgency, day or instant, and the row's number."""

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from config.reperes import instant_lu, jour_lu, repere
from engagement.bacs import Bac, Panier
from engagement.guichet import cellules_de, compter, dans_l_ordre
from engagement.lignes import LigneDuGuichet, lire

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Dispositif

PAR_PAGE = 50


@dataclasses.dataclass(frozen=True)
class Suite:
    """One page. ``apres``: the place of its last line when there are others, else nothing."""

    lignes: list[LigneDuGuichet]
    nombre: int
    apres: str
    entamee: bool
    cellule: dict[int, "Utilisateur"]


def suite_de(
    bac: Bac,
    dispositif: "Dispositif",
    user: "Utilisateur",
    panier: Panier,
    apres: str = "",
    at: dt.datetime | None = None,
) -> Suite:
    """The lines after a place, read back from an address; a place that means nothing begins again. Five queries."""
    at = at or timezone.now()
    cellules = cellules_de([dispositif.pk])
    lignes = dans_l_ordre(bac, user, cellules, panier, at)
    if au_dela := _au_dela(bac, apres):
        lignes = lignes.filter(au_dela)
    cles = list(lignes.values_list("pk", flat=True)[: PAR_PAGE + 1])
    lues = lire([bac], {bac.cle: cles[:PAR_PAGE]}, cellules[dispositif.pk], at)[bac.cle]
    derniere = lues[-1] if len(cles) > PAR_PAGE and lues else None
    return Suite(
        lignes=lues,
        nombre=compter(user, cellules, at, [bac])[dispositif.pk][bac.cle][panier],
        apres=_place(bac, derniere) if derniere else "",
        entamee=bool(au_dela),
        cellule=cellules[dispositif.pk],
    )


def _place(bac: Bac, ligne: LigneDuGuichet) -> str:
    place = repere(ligne.repere, ligne.pk)
    return f"{ligne.urgence}.{place}" if bac.urgence else place


def _au_dela(bac: Bac, apres: str) -> Q:
    """What comes after the place; empty when it means nothing."""
    urgence, point, place = apres.rpartition(".")
    lue = (jour_lu if bac.par_jour else instant_lu)(place)
    if (
        lue is None
        or bool(point) != bac.urgence
        or (bac.urgence and urgence not in {"1", "2", "3"})
    ):
        return Q()
    quand, pk = lue
    apres_elle = Q(**{f"{bac.depuis}__gte": quand}) & (
        Q(**{f"{bac.depuis}__gt": quand}) | Q(pk__gt=pk)
    )
    if bac.urgence:
        return Q(urgence__gt=urgence) | Q(Q(urgence=urgence), apres_elle)
    return apres_elle
