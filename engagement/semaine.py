"""The fourteen half-days of a week as a number of fourteen bits: Monday morning is the lowest.

A number is compared by the database at no cost; people only ever see the words.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MATIN, APRES_MIDI = 0, 1
MOMENTS = ("matin", "après-midi")
SEMAINE_ENTIERE = (1 << 14) - 1
WEEK_END = 0b1111 << 10
EN_SEMAINE = SEMAINE_ENTIERE & ~WEEK_END

DemiJournee = tuple[dt.date, int]


def bit(jour: int, moment: int) -> int:
    """Of a day (0 is Monday) and a half (0 is the morning)."""
    return 1 << (2 * jour + moment)


def masque(demi_journees: Iterable[DemiJournee]) -> int:
    """The half-days of the week these dates fall on."""
    resultat = 0
    for jour, moment in demi_journees:
        resultat |= bit(jour.weekday(), moment)
    return resultat


def rangs(semaine: int) -> Iterator[tuple[int, int]]:
    """The (day, half) of a number, in the order of the week."""
    for rang in range(14):
        if semaine >> rang & 1:
            yield divmod(rang, 2)


def en_mots(semaine: int) -> str:
    """« lundi matin, mardi » (a whole day is said once); « toute la semaine » for all of it."""
    if semaine == SEMAINE_ENTIERE:
        return "toute la semaine"
    if semaine == EN_SEMAINE:
        return "du lundi au vendredi"
    dits = []
    for jour, nom in enumerate(JOURS):
        moities = [m for m in (MATIN, APRES_MIDI) if semaine & bit(jour, m)]
        if len(moities) == 2:
            dits.append(nom)
        elif moities:
            dits.append(f"{nom} {MOMENTS[moities[0]]}")
    return ", ".join(dits)


def tombe_le_week_end(jour: dt.date) -> bool:
    """Saturday or Sunday."""
    return jour.weekday() >= 5
