"""Loans beside their life: planned from what was agreed, and what their return leads to."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from config.jours import jour_de
from engagement import rappels_pret
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
    rappels_pret.replanifier(pret)
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


def au_depart(pret: "Pret") -> None:
    """It left: both sides know in which state, and its return is reminded."""
    rappels_pret.replanifier(pret)
    rappels_pret.dire_l_etat(pret, "pret_sorti")


def au_retour(
    pret: "Pret", *, par: "Utilisateur | None" = None, at: dt.datetime | None = None
) -> None:
    """It is back: reminders stop, both sides know in which state, and the mise en relation comes to its end.

    Back whole, it is closed at once. Damaged, it waits for the cellule, that speaks with both sides.
    """
    rappels_pret.replanifier(pret)
    rappels_pret.dire_l_etat(pret, "pret_rendu")
    mise = pret.mise_en_relation
    mise.revenir(cote="date", par=par, at=at)
    if not pret.abime:
        retour = mise._retour()
        retour.sans_entretien = "Prêt rendu en bon état."
        retour.save(update_fields=["sans_entretien"])
        mise.clore(cote="cellule", par=par, at=at)
