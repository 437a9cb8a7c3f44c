"""Missions beside their life: what their start plans, what their interruption undoes."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from engagement.refus import ActionRefusee
from engagement.transitions import Qui

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import MiseEnRelation


def prevoir(mise: "MiseEnRelation", *, at: dt.datetime | None = None) -> None:
    """Plan what follows an agreed mission: points of follow-up, the return. Harmless twice."""


def interrompre(
    mise: "MiseEnRelation",
    *,
    par: "Utilisateur | None",
    cote: Qui | None,
    motif: str,
    prive: str,
    at: dt.datetime | None = None,
) -> None:
    """The inside of ``MiseEnRelation.interrompre``, its rows locked."""
    from engagement.models import MotifPrive

    at = at or timezone.now()
    dit_par = cote or "cellule"
    if not prive.strip():
        raise ActionRefusee("Dites pourquoi, à la cellule seule : elle en prendra soin.")
    if mise.est_un_pret:
        mise.pret.annuler(par=par, at=at)
    MotifPrive.objects.update_or_create(
        mise_en_relation=mise, defaults={"cote": dit_par, "texte": prive, "le": at}
    )
    mise.motif, mise.terminee_le = motif, at
    mise._terminer("interrompre", par=par, at=at, champs=["motif", "terminee_le"])
