"""When a thing is free: its loans to come, and the days between them."""

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from config.jours import jour_de

if TYPE_CHECKING:
    from engagement.models import Offre

SEMAINES = 8
UN_JOUR = dt.timedelta(days=1)


@dataclasses.dataclass(frozen=True)
class Case:
    """One day of the calendar. ``etat``: « libre », « pris » (all or part of it), « hors » (not offered)."""

    jour: dt.date
    etat: str
    dit: str


@dataclasses.dataclass(frozen=True)
class Periode:
    """Days that are taken in a row, said in words."""

    debut: dt.datetime
    fin: dt.datetime
    dehors: bool


def periodes_prises(offre: "Offre", at: dt.datetime | None = None) -> list[Periode]:
    """Its loans that are not over, in order: who has it is nobody's business here. One query."""
    at = at or timezone.now()
    vivants = offre.prets.filter(etat__in=["prevu", "sorti"]).order_by("periode")
    return [
        Periode(p.debut, p.fin, p.etat == "sorti")
        for p in vivants
        if p.fin > at or p.etat == "sorti"
    ]


def semaines(offre: "Offre", at: dt.datetime | None = None) -> list[list[Case]]:
    """Eight weeks from this Monday, day by day. One query."""
    at = at or timezone.now()
    pris: set[dt.date] = set()
    for periode in periodes_prises(offre, at):
        fin = max(periode.fin, at) if periode.dehors else periode.fin
        jour, dernier = jour_de(periode.debut), jour_de(fin - dt.timedelta(microseconds=1))
        dernier = min(dernier, jour_de(at) + SEMAINES * 7 * UN_JOUR)
        while jour <= dernier:
            pris.add(jour)
            jour += UN_JOUR
    aujourd_hui = jour_de(at)
    lundi = aujourd_hui - dt.timedelta(days=aujourd_hui.weekday())
    jours = [lundi + n * UN_JOUR for n in range(7 * SEMAINES)]
    cases = [_case(offre, jour, aujourd_hui, pris) for jour in jours]
    return [cases[n : n + 7] for n in range(0, len(cases), 7)]


def _case(offre: "Offre", jour: dt.date, aujourd_hui: dt.date, pris: set[dt.date]) -> Case:
    if jour < aujourd_hui:
        return Case(jour, "hors", "–")
    if jour in pris:
        return Case(jour, "pris", "pris")
    if jour < offre.debut or (offre.fin is not None and jour > offre.fin):
        return Case(jour, "hors", "–")
    return Case(jour, "libre", "libre")
