"""What each side says of a mission: asked at its end, changed as long as they want, quoted only if they agree."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from engagement import rappels_retour
from engagement.models import Bilan, Cote
from engagement.refus import ActionRefusee

if TYPE_CHECKING:
    from engagement.models import MiseEnRelation

OUVERT_A = ("retour", "close", "interrompue")
PAS_ENCORE = (
    "La mission n'est pas finie : ce bilan s'ouvrira le lendemain de la dernière demi-journée."
)


def bilan_ouvert(mise: "MiseEnRelation", at: dt.datetime | None = None) -> bool:
    """Whether a side may say how it went: the mission is over, in one way or another."""
    return mise.etat_au(at) in OUVERT_A


@transaction.atomic
def dire(
    mise: "MiseEnRelation", *, cote: str, valeurs: dict[str, Any], at: dt.datetime | None = None
) -> Bilan:
    """Keep what one side says; said again, it replaces. Raises ActionRefusee.

    A word whose text or consent changes is no longer chosen for the récit: somebody reads it again first.
    """
    mise._verrouiller()
    if not bilan_ouvert(mise, at):
        raise ActionRefusee(PAS_ENCORE)
    bilan = mise.bilans.filter(cote=cote).first() or Bilan(mise_en_relation=mise, cote=cote)
    nouveau = bilan.pk is None
    avant = (bilan.mot_public, bilan.fonction, bilan.consent)
    for nom, valeur in valeurs.items():
        setattr(bilan, nom, valeur)
    if avant != (bilan.mot_public, bilan.fonction, bilan.consent):
        bilan.choisi_le = None
    bilan.le = at or timezone.now()
    bilan.save()
    if nouveau:
        mise._noter("dire_bilan", f"Bilan donné : {Cote(cote).label.lower()}", at=at)
        rappels_retour.replanifier(mise, at=at)
    return bilan
