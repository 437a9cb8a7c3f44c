"""The planned return (DOMAIN): its talk, what was learnt, the bilan of both sides, the thanks."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from config.jours import jour_de
from engagement.refus import ActionRefusee

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import MiseEnRelation


def ouvrir(
    mise: "MiseEnRelation", *, par: "Utilisateur | None" = None, at: dt.datetime | None = None
) -> None:
    """The inside of ``MiseEnRelation.revenir``, its rows locked. Raises ActionRefusee."""
    if mise.est_un_pret:
        if mise.pret.etat == "sorti":
            raise ActionRefusee("L'objet n'est pas revenu : notez d'abord son retour.")
    elif mise.demi_journees.exclude(etat="annulee").filter(jour__gte=jour_de(at)).exists():
        raise ActionRefusee(
            "Il reste des demi-journées à venir : annulez-les, ou interrompez la mission."
        )
    mise._terminer("revenir", par=par, at=at or timezone.now(), attend="cellule")
    mise._retour()


def manques(mise: "MiseEnRelation", *, at: dt.datetime | None = None) -> list[str]:
    """What is missing before it closes."""
    obstacles = []
    if mise.demi_journees.filter(etat="prevue").exists():
        obstacles.append("Dites de chaque demi-journée si elle a eu lieu.")
    retour = mise._retour()
    if retour.entretien_le is None and not retour.sans_entretien:
        obstacles.append("Notez l'entretien de retour, ou dites pourquoi il n'a pas eu lieu.")
    return obstacles


def remercier(mise: "MiseEnRelation", *, at: dt.datetime | None = None) -> None:
    """Plan the thanks to both sides."""
