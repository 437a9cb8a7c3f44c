"""How long the tests of a piste lasted, and the date it suggests; a proposal, never a default."""

import dataclasses
import datetime as dt
from statistics import median
from typing import TYPE_CHECKING

from django.utils import timezone

from config.jours import jour_de
from rappels.redaction import jour_en_mots
from tests_programme.echeances import dernier_jour

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur
    from tests_programme.models import Test

# The most recent ones say enough, and the page costs the same whatever their number.
AU_PLUS = 200
JOURS_MIN, JOURS_MAX = 7, 365


@dataclasses.dataclass(frozen=True)
class Proposition:
    """A date, and the sentence that says where it comes from."""

    date: dt.date
    phrase: str


def proposition(
    test: "Test", user: "Utilisateur | AnonymousUser", at: dt.datetime | None = None
) -> Proposition | None:
    """The date that the median of the past tests of its piste suggests, had it started today.

    Past tests: started, over, and readable by ``user``. None when there is none. One query.
    """
    at = at or timezone.now()
    passes = (
        type(test)
        .objects.visible_to(user)
        .filter(piste=test.piste_id, demarre_le__isnull=False, source="")
        .exclude(pk=test.pk)
        .only("etat", "source", "demarre_le", "termine_le", "date_peremption")
        .order_by("-cree_le", "-pk")[:AU_PLUS]
    )
    durees = sorted(_duree(passe) for passe in passes if passe.etat_au(at) != "en_cours")
    if not durees:
        return None
    jours = min(max(round(median(durees)), JOURS_MIN), JOURS_MAX)
    date = jour_de(at) + dt.timedelta(days=jours)
    return Proposition(date, f"{_phrase(durees)} ; nous proposons le {jour_en_mots(date)}.")


def _duree(test: "Test") -> int:
    """In days, the first and the last one counted as one."""
    dernier = dernier_jour(test)
    assert dernier is not None
    assert test.demarre_le is not None
    return max((dernier - jour_de(test.demarre_le)).days, 1)


def _phrase(durees: list[int]) -> str:
    if len(durees) == 1:
        return f"Le seul test terminé de cette piste a duré {en_mots(durees[0])}"
    dit = f"Les {len(durees)} tests terminés de cette piste ont duré"
    court, milieu, long = en_mots(durees[0]), en_mots(round(median(durees))), en_mots(durees[-1])
    if court == long:
        return f"{dit} {court}"
    return f"{dit} de {court} à {long}, la moitié au plus {milieu}"


def en_mots(jours: int) -> str:
    """A duration as people say it: days, then weeks, then months."""
    if jours < 14:
        return f"{jours} jour{'s' if jours > 1 else ''}"
    if jours < 75:
        return f"{round(jours / 7)} semaines"
    return f"{round(jours / 30.4)} mois"
