"""Loans beside their life: planned from what was agreed, and what their return leads to."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from config.jours import jour_de
from engagement.contraintes import en_mots
from engagement.refus import ActionRefusee

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import MiseEnRelation, Pret


def prevoir(mise: "MiseEnRelation", *, at: dt.datetime | None = None) -> "Pret":
    """The loan of an agreed mise en relation, from ``pret_debut`` to ``pret_fin``. Inside its transaction.

    Raises ActionRefusee: without dates, outside the days of the offer, or when it overlaps another loan.
    """
    from engagement.models import Pret

    obstacles = obstacles_pour_prevoir(mise, at=at)
    if obstacles:
        raise ActionRefusee(*obstacles)
    try:
        with transaction.atomic():
            pret = Pret.objects.create(
                mise_en_relation=mise, offre=mise.offre, periode=(mise.pret_debut, mise.pret_fin)
            )
    except IntegrityError as erreur:
        raise ActionRefusee(en_mots(erreur, Pret)) from erreur
    pret.refresh_from_db(fields=["periode"])
    replanifier(pret, at=at)
    return pret


def obstacles_pour_prevoir(mise: "MiseEnRelation", *, at: dt.datetime | None = None) -> list[str]:
    """Why this loan cannot be planned, in words; what another loan holds is the database's to say."""
    offre, debut, fin = mise.offre, mise.pret_debut, mise.pret_fin
    if not offre.est_un_pret:
        return ["Cette offre est du temps, pas un lieu ni du matériel."]
    if debut is None or fin is None:
        return ["Dites quand le prêt commence, et quand il se termine."]
    obstacles = []
    if fin <= debut:
        obstacles.append("Le retour vient après le départ.")
    if fin <= (at or timezone.now()):
        obstacles.append("Ces dates sont passées.")
    if jour_de(debut) < offre.debut or (offre.fin is not None and jour_de(fin) > offre.fin):
        obstacles.append("L'offre ne couvre pas ces dates.")
    return obstacles


def replanifier(pret: "Pret", *, at: dt.datetime | None = None) -> None:
    """Make its reminders follow its state and its dates. Inside the transaction of the cause."""


def au_retour(
    pret: "Pret", *, par: "Utilisateur | None" = None, at: dt.datetime | None = None
) -> None:
    """What the return of the thing leads to: reminders stop, the mise en relation comes to its end."""
    replanifier(pret, at=at)
    pret.mise_en_relation.revenir(cote="date", at=at)
