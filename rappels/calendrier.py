"""When a reminder may leave: working days, by Paris time."""

import datetime as dt
from functools import lru_cache

import holidays

from config.jours import instant_de

HEURE_D_ENVOI = 8


@lru_cache(maxsize=64)
def _feries(annee: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("FR", years=annee))


def est_ouvre(jour: dt.date) -> bool:
    """Monday to Friday and not a French public holiday."""
    return jour.weekday() < 5 and jour not in _feries(jour.year)


def jour_ouvre(jour: dt.date, *, au_plus_tard: dt.date | None = None) -> dt.date:
    """The day itself or the next working one; else the last one not after ``au_plus_tard``."""
    suivant = jour
    while not est_ouvre(suivant):
        suivant += dt.timedelta(days=1)
    if au_plus_tard is None or suivant <= au_plus_tard:
        return suivant
    precedent = min(jour, au_plus_tard)
    while not est_ouvre(precedent):
        precedent -= dt.timedelta(days=1)
    return precedent


def instant_d_envoi(jour: dt.date, *, au_plus_tard: dt.date | None = None) -> dt.datetime:
    """The instant (aware) a reminder meant for a day leaves: 8:00 in Paris on its working day."""
    return instant_de(jour_ouvre(jour, au_plus_tard=au_plus_tard), HEURE_D_ENVOI)
