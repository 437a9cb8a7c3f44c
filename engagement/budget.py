"""The half-days of a mission week by week, counted against what the dispositif allows one person.

The database holds these limits (migration 0002); here they are told.
"""

import dataclasses
import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

if TYPE_CHECKING:
    from engagement.models import DemiJournee, MiseEnRelation, Personne


@dataclasses.dataclass(frozen=True)
class Compte:
    """How many half-days of a person fall in a week or a month, in this dispositif."""

    debut: dt.date
    prises: int
    plafond: int | None

    @property
    def en_mots(self) -> str:
        """« 2 demi-journées sur 3 »."""
        dit = f"{self.prises} demi-journée{'s' if self.prises > 1 else ''}"
        return dit if self.plafond is None else f"{dit} sur {self.plafond}"

    @property
    def plein(self) -> bool:
        """Whether nothing may be added."""
        return self.plafond is not None and self.prises >= self.plafond


@dataclasses.dataclass(frozen=True)
class Semaine:
    """One week of a mission: its half-days, and what the person has in all."""

    compte: Compte
    demi_journees: "list[DemiJournee]"


def lundi_de(jour: dt.date) -> dt.date:
    """The Monday of its week."""
    return jour - dt.timedelta(days=jour.weekday())


def par_semaine(
    mise: "MiseEnRelation", demi_journees: "list[DemiJournee]"
) -> tuple[list[Semaine], list[Compte]]:
    """The weeks of these half-days, in order, and their months when months are limited. One query."""
    if not demi_journees:
        return [], []
    groupes: dict[dt.date, list[DemiJournee]] = {}
    for demi_journee in sorted(demi_journees, key=lambda d: (d.jour, d.moment)):
        groupes.setdefault(lundi_de(demi_journee.jour), []).append(demi_journee)
    mois = sorted({d.jour.replace(day=1) for d in demi_journees})
    jours = _jours_pris(
        mise.personne, min(mois[0], min(groupes)), mois[-1] + relativedelta(months=1, days=7)
    )
    des_semaines = Counter(lundi_de(jour) for jour in jours)
    des_mois = Counter(jour.replace(day=1) for jour in jours)
    regle = mise.dispositif
    semaines = [
        Semaine(Compte(lundi, des_semaines[lundi], regle.par_semaine), siennes)
        for lundi, siennes in groupes.items()
    ]
    if regle.par_mois is None:
        return semaines, []
    return semaines, [Compte(premier, des_mois[premier], regle.par_mois) for premier in mois]


def _jours_pris(personne: "Personne", debut: dt.date, fin: dt.date) -> list[dt.date]:
    """One day a half-day: those that count, as the database counts them."""
    siennes = personne.demi_journees.exclude(etat="annulee")
    return list(siennes.filter(jour__gte=debut, jour__lt=fin).values_list("jour", flat=True))
