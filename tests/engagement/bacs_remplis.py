"""Lines for every bac of the desk, at a frozen instant: Tuesday 2 March 2027, 10:00."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from config.jours import instant_de
from engagement.models import AccordMission, Attente, DemiJournee, Dispositif, Pret
from engagement.semaine import MATIN
from tests.fabriques_engagement import (
    BesoinFactory,
    MiseEnRelationFactory,
    OffreFactory,
    PersonneFactory,
)

JOUR = dt.date(2027, 3, 2)
MAINTENANT = instant_de(JOUR, 10)


def il_y_a(jours: float) -> dt.datetime:
    """So many days before."""
    return MAINTENANT - dt.timedelta(days=jours)


def un_besoin(dispositif: Dispositif, **champs: Any) -> Any:
    champs = {
        "demandeur__nom": "Épicerie",
        "creneaux": [(JOUR + dt.timedelta(days=40), MATIN)],
        **champs,
    }
    return BesoinFactory(dispositif=dispositif, **champs)


def une_mise(dispositif: Dispositif, **champs: Any) -> Any:
    champs.setdefault("besoin", None)
    besoin = champs.pop("besoin") or un_besoin(dispositif)
    return MiseEnRelationFactory(besoin=besoin, **champs)


def une_offre(d: Dispositif, **champs: Any) -> Any:
    personne = PersonneFactory(dispositif=d)
    return OffreFactory(personne=personne, cree_le=il_y_a(4))


def des_accords(d: Dispositif, **champs: Any) -> Any:
    mise = une_mise(
        d, etat="rencontree", rencontre_le=il_y_a(12), attend_depuis=il_y_a(10), **champs
    )
    AccordMission.objects.create(mise_en_relation=mise, cote="manager", texte="t", empreinte="e")
    return mise


def une_place(d: Dispositif, **champs: Any) -> Any:
    mise = une_mise(d, etat="rencontree", attend_depuis=il_y_a(10), **champs)
    Attente.objects.create(
        mise_en_relation=mise, besoin=mise.besoin, rang=1, etat="tenue", tenue_jusqua=il_y_a(-1)
    )
    return mise


def une_mission_le(d: Dispositif, jour: dt.date, **champs: Any) -> Any:
    mise = une_mise(d, besoin=un_besoin(d, creneaux=[(jour, MATIN)]), etat="en_mission", **champs)
    DemiJournee.objects.create(
        mise_en_relation=mise, creneau=mise.besoin.creneaux.get(), personne=mise.personne, numero=1,
        cle=0, jour=jour, moment=0,
    )  # fmt: skip
    return mise


def un_pret(d: Dispositif, **champs: Any) -> Any:
    salle = OffreFactory(
        personne__dispositif=d, nature="lieu", titre="Salle", regardee_le=il_y_a(30)
    )
    mise = une_mise(d, besoin=un_besoin(d, nature="lieu"), offre=salle, etat="en_mission", **champs)
    Pret.objects.create(
        mise_en_relation=mise, offre=salle, periode=(il_y_a(9), il_y_a(5)), etat="sorti"
    )
    return mise


DANS_UNE_SEMAINE = JOUR + dt.timedelta(days=3)
# For each bac, how to make a line that is in it and in no other.
LIGNES: dict[str, Callable[..., Any]] = {
    "aides-besoins": lambda d, **c: un_besoin(
        d, ouvert_le=il_y_a(0), aide_demandee_le=il_y_a(1), **c
    ),
    "aides": lambda d, **c: une_mise(d, etat="en_mission", aide_demandee_le=il_y_a(1), **c),
    "rencontres": lambda d, **c: une_mise(
        d, etat="en_discussion", rencontre_le=instant_de(JOUR, 14), rencontre_lieu="la mairie", **c
    ),
    "a_noter": lambda d, **c: une_mise(d, etat="en_discussion", rencontre_le=il_y_a(3), **c),
    "prets": un_pret,
    "retours": lambda d, **c: une_mission_le(d, JOUR - dt.timedelta(days=12), **c),
    "qualifier": lambda d, **c: un_besoin(d, etat="a_qualifier", cree_le=il_y_a(6), **c),
    "sans_candidat": lambda d, **c: un_besoin(d, ouvert_le=il_y_a(6), **c),
    "cellule": lambda d, **c: une_mise(d, attend="cellule", attend_depuis=il_y_a(4), **c),
    "relancer": lambda d, **c: une_mise(d, attend_depuis=il_y_a(9), **c),
    "accords": des_accords,
    "places": une_place,
    "offres": une_offre,
    "passes": lambda d, **c: un_besoin(d, creneaux=[(JOUR - dt.timedelta(days=3), MATIN)], **c),
    "fins": lambda d, **c: une_mission_le(d, DANS_UNE_SEMAINE, **c),
    "en_attente": lambda d, **c: une_mise(d, attend_depuis=il_y_a(2), **c),
}
