"""What a lettre de mission, or the convention of a loan, lacks before anybody is asked to agree to it."""

import datetime as dt
from typing import TYPE_CHECKING

from config.jours import jour_de
from engagement.lettre import creneaux_de

if TYPE_CHECKING:
    from engagement.models import MiseEnRelation


def manques_pour_demander(mise: "MiseEnRelation", at: dt.datetime | None = None) -> list[str]:
    """What the letter still lacks, in words, all at once. Some three queries."""
    manques = [] if mise.besoin.etat == "ouvert" else ["Le besoin n'est pas ouvert."]
    if not mise.besoin.accueil_fonction:
        manques.append("Dites, dans le besoin, qui accueille.")
    manques += _manques_du_pret(mise, at) if mise.offre.est_un_pret else _de_mission(mise, at)
    return manques


def _manques_du_pret(mise: "MiseEnRelation", at: dt.datetime | None) -> list[str]:
    from engagement import prets

    return prets.obstacles_pour_prevoir(mise, at=at)


def _de_mission(mise: "MiseEnRelation", at: dt.datetime | None) -> list[str]:
    manques = []
    creneaux, jour = creneaux_de(mise), jour_de(at)
    if not mise.mission.strip():
        manques.append("Dites ce que fera la personne.")
    if not mise.besoin.binome:
        manques.append("Dites, dans le besoin, qui accompagne la personne (son binôme).")
    if not creneaux:
        manques.append("Choisissez au moins une demi-journée.")
    elif creneaux[0].jour < jour:
        manques.append("Une demi-journée est déjà passée : retirez-la.")
    if mise.retour_prevu_le is None:
        manques.append("Fixez le jour de l'entretien de retour : il se prévoit dès le départ.")
    elif creneaux and mise.retour_prevu_le < creneaux[-1].jour:
        manques.append("L'entretien de retour vient après la dernière demi-journée.")
    duree = mise.dispositif.duree_maximale
    if creneaux and duree and (creneaux[-1].jour - creneaux[0].jour).days >= duree:
        manques.append(f"Dans ce dispositif, une mission dure {duree} jours au plus.")
    return manques
