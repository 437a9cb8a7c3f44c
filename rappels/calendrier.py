"""When a reminder may leave: between 8:00 and 18:00 in Paris, on the working days of a place.

A place is a subdivision of France in the package ``holidays`` ("57", "6AE" for Alsace, "971" …); the
empty string is the rest of the country. The hour is that of Paris everywhere: one platform, one morning.
"""

import datetime as dt
from functools import lru_cache

import holidays

from config.jours import PARIS, instant_de, jour_de

HEURE_D_ENVOI = 8
FIN_D_ENVOI = 18


@lru_cache(maxsize=512)
def _feries(annee: int, lieu: str) -> dict[dt.date, str]:
    return dict(holidays.country_holidays("FR", subdiv=lieu or None, years=annee, language="fr"))


def ferie(jour: dt.date, lieu: str = "") -> str:
    """The name of the public holiday of that day there; "" when it is none."""
    return _feries(jour.year, lieu).get(jour, "")


def est_ouvre(jour: dt.date, lieu: str = "") -> bool:
    """Monday to Friday and not a public holiday there. Raises NotImplementedError on an unknown place."""
    return jour.weekday() < 5 and jour not in _feries(jour.year, lieu)


def jour_ouvre(jour: dt.date, *, au_plus_tard: dt.date | None = None, lieu: str = "") -> dt.date:
    """The day itself or the next working one; else the last one not after ``au_plus_tard``."""
    suivant = jour
    while not est_ouvre(suivant, lieu):
        suivant += dt.timedelta(days=1)
    if au_plus_tard is None or suivant <= au_plus_tard:
        return suivant
    precedent = min(jour, au_plus_tard)
    while not est_ouvre(precedent, lieu):
        precedent -= dt.timedelta(days=1)
    return precedent


def apres_jours_ouvres(jour: dt.date, nombre: int, *, lieu: str = "") -> dt.date:
    """The day that comes after that many working days, the first one not counted."""
    while nombre > 0:
        jour += dt.timedelta(days=1)
        nombre -= est_ouvre(jour, lieu)
    return jour


def instant_d_envoi(
    jour: dt.date, *, au_plus_tard: dt.date | None = None, lieu: str = ""
) -> dt.datetime:
    """The instant (aware) a reminder meant for a day leaves: 8:00 in Paris on its working day."""
    return instant_de(jour_ouvre(jour, au_plus_tard=au_plus_tard, lieu=lieu), HEURE_D_ENVOI)


def est_heure_ouvree(at: dt.datetime, lieu: str = "") -> bool:
    """Whether reminders may leave at this instant."""
    heure = at.astimezone(PARIS).hour
    return HEURE_D_ENVOI <= heure < FIN_D_ENVOI and est_ouvre(jour_de(at), lieu)


def prochaine_ouverture(at: dt.datetime, lieu: str = "") -> dt.datetime:
    """The next 8:00 of a working day, strictly after an instant."""
    jour = jour_de(at)
    if at >= instant_de(jour, HEURE_D_ENVOI):
        jour += dt.timedelta(days=1)
    return instant_d_envoi(jour, lieu=lieu)


def prochain_lundi(at: dt.datetime, lieu: str = "") -> dt.datetime:
    """The next Monday at 8:00, strictly after an instant; the next working day when it is a holiday."""
    jour = jour_de(at)
    lundi = jour + dt.timedelta(days=-jour.weekday() % 7)
    if at >= instant_d_envoi(lundi, lieu=lieu):
        lundi += dt.timedelta(days=7)
    return instant_d_envoi(lundi, lieu=lieu)
