"""What the page of a mission shows, to the cellule and to each side."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from config.jours import jour_de
from engagement import budget
from engagement.destinataires import du_manager
from engagement.rappels_retour import avec_qui, jour_prevu

if TYPE_CHECKING:
    from engagement.models import MiseEnRelation

ATTESTABLES = ("retour", "close", "interrompue")


def contexte(mise: "MiseEnRelation", cote: str, at: dt.datetime | None = None) -> dict[str, Any]:
    """Its half-days by week with the budget, and where it stands. Some four queries."""
    jour = jour_de(at)
    toutes = list(mise.demi_journees.all())
    semaines, mois = budget.par_semaine(mise, toutes)
    etat = mise.etat_au(at)
    faites = sum(d.etat == "faite" for d in toutes)
    return {
        "mise": mise,
        "besoin": mise.besoin,
        "cote": cote,
        "jeton": "",
        "etat": etat,
        "etat_en_mots": mise.Etat(etat).label,
        "semaines": semaines,
        "mois": mois,
        "ouverte": etat in ("en_mission", "retour"),
        "faites": faites,
        "compte": _compte(faites, sum(d.etat != "annulee" for d in toutes)),
        "a_dire": sum(d.etat == "prevue" and d.jour < jour for d in toutes),
        "retour_le": jour_prevu(mise),
        "retour_avec": avec_qui(mise, cote),
        "manager_averti": bool(du_manager(mise)),
        "attestable": faites > 0 and etat in ATTESTABLES,
        "pret": getattr(mise, "pret", None),
    }


def _compte(faites: int, sur: int) -> str:
    """« 2 demi-journées faites sur 3 »; nothing when there is none."""
    s = "s" if faites > 1 else ""
    return f"{faites} demi-journée{s} faite{s} sur {sur}" if sur else ""
