"""How long things may wait at the desk, and who hears of it: one table (documented in docs/guichet.md).

What is shown is computed from the dates, whether or not a worker ran; the daily summary only tells it
(engagement/rappels_guichet.py). Days are those of Paris; working days those of the country at large, so that the
badge of somebody who keeps several desks and each of their lists agree.
"""

import dataclasses
import datetime as dt
import enum

from rappels.calendrier import apres_jours_ouvres


class Niveau(enum.IntEnum):
    """How pressing a line is: a colour, and always words."""

    CALME = 0
    A_FAIRE = 1
    EN_RETARD = 2
    CELLULE = 3

    @property
    def en_mots(self) -> str:
        """The words of its tag; none while nothing presses."""
        return ("", "À faire", "En retard", "Pour toute la cellule")[self]


@dataclasses.dataclass(frozen=True)
class Seuil:
    """After how many days a line reaches a level. ``dit``: whether a mail tells it that day."""

    jours: int
    niveau: Niveau
    ouvres: bool = False
    dit: bool = True

    def borne(self, jour: dt.date) -> dt.date:
        """The latest day a line may have begun on to have reached this by ``jour``."""
        if not self.ouvres:
            return jour - dt.timedelta(days=self.jours)
        debut = jour
        while apres_jours_ouvres(debut, self.jours) > jour:
            debut -= dt.timedelta(days=1)
        return debut


ETAPES = (Niveau.A_FAIRE, Niveau.EN_RETARD, Niveau.CELLULE)


def _calendaires(*jours: int, dit: bool = True) -> tuple[Seuil, ...]:
    """Three steps: to do, late, then everybody's."""
    return tuple(Seuil(n, niveau, dit=dit) for n, niveau in zip(jours, ETAPES, strict=True))


def _ouvres(*jours: int) -> tuple[Seuil, ...]:
    """The same in working days. What is due the very day is shown at once, and never mailed that day."""
    return tuple(
        Seuil(n, niveau, ouvres=True, dit=n > 0) for n, niveau in zip(jours, ETAPES, strict=True)
    )


# By bac, then by urgency of the need ("" where it does not count).
REGLES: dict[str, dict[str, tuple[Seuil, ...]]] = {
    # What is needed today cannot wait three days to be seen.
    "qualifier": {"1": _ouvres(0, 1, 2), "2": _ouvres(1, 2, 4), "3": _ouvres(2, 5, 10)},
    "sans_candidat": {"1": _ouvres(0, 1, 3), "2": _ouvres(1, 3, 5), "3": _ouvres(3, 5, 10)},
    "offres": {"": _ouvres(3, 5, 10)},
    "cellule": {"": _calendaires(2, 9, 21)},
    "relancer": {"": _calendaires(9, 21, 45)},
    "accords": {"": _calendaires(9, 21, 45)},
    "a_noter": {"": _calendaires(1, 9, 21)},
    # Returns and loans have reminders of their own (rappels_retour.py, rappels_pret.py): nobody is told twice.
    "retours": {"": _calendaires(1, 9, 21, dit=False)},
    "prets": {"": _calendaires(1, 4, 9, dit=False)},
}


def seuils(bac: str, urgence: str = "") -> tuple[Seuil, ...]:
    """The steps of a line of this bac; none where nothing ages."""
    regles = REGLES.get(bac, {})
    return regles.get(urgence) or regles.get("", ())


def niveau(bac: str, depuis: dt.date, jour: dt.date, urgence: str = "") -> Niveau:
    """How pressing a line that began on a day is, on another day."""
    atteints = (s.niveau for s in seuils(bac, urgence) if depuis <= s.borne(jour))
    return max(atteints, default=Niveau.CALME)
