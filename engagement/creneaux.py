"""Half-days as people say them: one date, a list, or a rule; which are past, which are bank holidays."""

import dataclasses
import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from config.jours import instant_de
from engagement.semaine import MOMENTS, DemiJournee
from rappels.calendrier import ferie
from rappels.redaction import jour_en_mots

# The hour at which a half-day is over, in Paris.
FIN = (13, 18)
# Five days a week for a year and some; a longer need is renewed when one knows how it went.
CRENEAUX_MAXIMUM = 600
LE_PLUS_LOIN = dt.timedelta(days=3 * 366)


def est_passe(jour: dt.date, moment: int, at: dt.datetime | None = None) -> bool:
    """Whether this half-day is over (agrees with ``CreneauQuerySet.a_venir``, but for the hour)."""
    return (at or timezone.now()) >= instant_de(jour, FIN[moment])


def en_mots(jour: dt.date, moment: int) -> str:
    """« mardi 12 janvier 2027, matin »."""
    return f"{jour_en_mots(jour)}, {MOMENTS[moment]}"


@dataclasses.dataclass
class Regle:
    """What a rule gives: its half-days, and the bank holidays it stepped over."""

    demi_journees: list[DemiJournee]
    feries: list[tuple[dt.date, str]]


def appliquer(
    *,
    du: dt.date,
    au: dt.date,
    jours: Iterable[int],
    moments: Iterable[int],
    avec_feries: bool = False,
    lieu: str = "",
) -> Regle:
    """« Tous les mardis matin du … au … »: bank holidays are stepped over and named, unless asked for."""
    jours, moments = set(jours), sorted(moments)
    regle = Regle([], [])
    jour = du
    while jour <= au:
        if jour.weekday() in jours:
            nom = ferie(jour, lieu)
            if nom:
                regle.feries.append((jour, nom))
            if avec_feries or not nom:
                regle.demi_journees += [(jour, moment) for moment in moments]
        jour += dt.timedelta(days=1)
    return regle


def obstacles(
    demi_journees: Iterable[DemiJournee], *, deja: int = 0, at: dt.datetime | None = None
) -> list[str]:
    """Why these half-days cannot be asked for, in words; at most five are named."""
    toutes = sorted(set(demi_journees))
    passees = [en_mots(*d) for d in toutes if est_passe(*d, at)]
    dits = []
    if passees:
        suite = f", et {len(passees) - 5} autres" if len(passees) > 5 else ""
        dits.append(f"Déjà passé : {' ; '.join(passees[:5])}{suite}.")
    limite = (at or timezone.now()).date() + LE_PLUS_LOIN
    if any(jour > limite for jour, _ in toutes):
        dits.append("Trois ans au plus : pour la suite, faites un autre besoin le moment venu.")
    if len(toutes) + deja > CRENEAUX_MAXIMUM:
        dits.append(
            f"Cela fait {len(toutes) + deja} demi-journées : {CRENEAUX_MAXIMUM} au plus par besoin."
        )
    return dits
