"""The places of a need: taken, freed, confirmed. Always under the lock of the need.

The database is the last net (migration 0002): what it refuses is said in words, and no accord is lost.
"""

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from config.jours import jour_de
from engagement.attente import attente_de, passer, prendre_rang, ranger
from engagement.grille import libres, poser
from engagement.lettre import creneaux_de
from engagement.refus import ActionRefusee

if TYPE_CHECKING:
    from engagement.models import Besoin, MiseEnRelation

__all__ = ["garder_pour_le_premier", "liberer", "libres", "prendre"]


@dataclasses.dataclass(frozen=True)
class Issue:
    """What the last accord led to. ``rang``: in the waiting list; ``obstacle``: what the database refused."""

    prise: bool = False
    rang: int = 0
    nouvelle: bool = False
    obstacle: str = ""


def prendre(mise: "MiseEnRelation", at: dt.datetime) -> Issue:
    """One place in each of its half-days, else the next rank of the waiting list.

    Called under the lock of the need, every accord given. Whoever waits for a freed place comes first.
    """
    if mise.offre.est_un_pret:
        return _preter(mise, at)
    grille = ranger(mise.besoin, at)
    attente = attente_de(mise)
    if attente is not None and attente.etat == "tenue":
        mise.demi_journees.filter(etat="tenue").update(etat="prevue")
        passer(attente, "servie")
        return Issue(prise=True)
    creneaux = creneaux_de(mise)
    if not grille.convient(creneaux):
        rang, nouvelle = prendre_rang(mise, attente, at)
        return Issue(rang=rang, nouvelle=nouvelle)
    if obstacle := poser(mise, creneaux, grille, "prevue", at):
        return Issue(obstacle=obstacle)
    if attente is not None:
        passer(attente, "servie")
    return Issue(prise=True)


def _preter(mise: "MiseEnRelation", at: dt.datetime) -> Issue:
    from engagement import prets

    try:
        prets.prevoir(mise, at=at)
    except ActionRefusee as refus:
        return Issue(obstacle=str(refus))
    return Issue(prise=True)


def _besoin_verrouille(pk: int) -> "Besoin":
    from engagement.models import Besoin

    besoin: Besoin = Besoin.objects.select_for_update(of=("self",)).get(pk=pk)
    return besoin


@transaction.atomic
def garder_pour_le_premier(besoin: "Besoin", at: dt.datetime) -> None:
    """Each free place of the need is held 48 hours for the first it suits in the waiting list, who is told."""
    frais = _besoin_verrouille(besoin.pk)
    if frais.etat == "ouvert":
        ranger(frais, at)


@transaction.atomic
def liberer(mise: "MiseEnRelation", at: dt.datetime) -> None:
    """Its half-days to come are free, it leaves the waiting list; the first who waits is told."""
    besoin = _besoin_verrouille(mise.besoin_id)
    a_venir = mise.demi_journees.filter(etat__in=["prevue", "tenue"], jour__gte=jour_de(at))
    rendues = a_venir.update(etat="annulee")
    attente = attente_de(mise)
    if attente is not None and attente.etat in ("attend", "tenue"):
        passer(attente, "retiree")
    if rendues and besoin.etat == "ouvert":
        ranger(besoin, at)


def obstacle_a_la_confirmation(mise: "MiseEnRelation", at: dt.datetime) -> str:
    """Why a held place can no longer be confirmed, in words; "" when it can.

    Late, but with a place left that nobody before them waits for, they still have it.
    """
    from engagement.accords import manques_pour_commencer

    attente = attente_de(mise)
    if attente is None or attente.etat == "retiree":
        return "Vous n'êtes plus dans la liste d'attente de ce besoin."
    if attente.etat == "attend":
        return "Aucune place ne s'est encore libérée : nous vous écrirons dès qu'il y en aura une."
    if manques := manques_pour_commencer(mise, at):
        return " ".join(manques)
    if attente.etat == "tenue" and attente.tenue_jusqua is not None and attente.tenue_jusqua > at:
        return ""
    grille = ranger(mise.besoin, at)
    if grille.convient(creneaux_de(mise)):
        return ""
    return "Cette place était gardée pour vous pendant 48 heures : elle a été proposée à la personne suivante."
