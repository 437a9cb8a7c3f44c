"""The regular points of a running test: which days, and who is reminded of them.

Keeping a rhythm is advice of the sherpa (TOPOGUIDE, part 1, « Les conseils du sherpa »); the team chooses it
before the start.
"""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from config.jours import jour_de
from rappels import boite
from rappels.calendrier import apres_jours_ouvres, instant_d_envoi, jour_ouvre
from rappels.en_masse import Prevision
from tests_programme.destinataires import porteurs

if TYPE_CHECKING:
    from tests_programme.models import Test

PAS = {
    "semaine": relativedelta(weeks=1),
    "quinzaine": relativedelta(weeks=2),
    "mois": relativedelta(months=1),
}
GENRES = ("point_prevu", "point_manque")
# Working days after which a point that was not held is reminded, once.
RELANCE = 2
# Points whose messages are in the outbox ahead; the nightly planning adds the next ones.
FENETRE = 3
# Past that, reminding of a missed point helps nobody.
OUBLI = dt.timedelta(days=7)


def replanifier(test: "Test", *, at: dt.datetime | None = None) -> None:
    """Make the planned points, and their messages, follow the test's state, rhythm and date.

    Points held stay, and so do those missed. Call inside the transaction of the cause; harmless twice.
    """
    aujourd_hui = jour_de(at)
    voulus = {jour for jour in jours_prevus(test) if jour >= aujourd_hui}
    a_venir = test.points.filter(prevu_le__gte=aujourd_hui)
    a_venir.filter(tenu_le=None).exclude(prevu_le__in=voulus).delete()
    deja = set(a_venir.values_list("prevu_le", flat=True))
    test.points.bulk_create(
        [test.points.model(test=test, prevu_le=jour) for jour in sorted(voulus - deja)],
        ignore_conflicts=True,
    )
    _replanifier_messages(test, aujourd_hui)


def jours_prevus(test: "Test") -> list[dt.date]:
    """The days of its points while it runs, from the start to the last day."""
    return jours_du_rythme(test) if test.etat == "en_cours" else []


def jours_du_rythme(test: "Test") -> list[dt.date]:
    """The days its rhythm gave it up to its date, even if it stopped before: working days, each once."""
    pas = PAS.get(test.rythme_points)
    if pas is None or not test.demarre_le or not test.date_peremption:
        return []
    jours, rang, depart = [], 1, jour_de(test.demarre_le)
    while (jour := depart + rang * pas) <= test.date_peremption:
        jours.append(
            jour_ouvre(jour, au_plus_tard=test.date_peremption, lieu=test.organisation.lieu)
        )
        rang += 1
    return list(dict.fromkeys(jours))


def _replanifier_messages(test: "Test", aujourd_hui: dt.date) -> None:
    previsions = list(_previsions(test, aujourd_hui)) if test.etat == "en_cours" else []
    sujet = f"test:{test.pk}"
    boite.annuler(sujet=sujet, genres=GENRES, sauf=[p.cle for p in previsions])
    # What is late already waits in the outbox, or was never owed: nothing is said late for the first time.
    maintenant = timezone.now()
    boite.planifier_en_masse(p for p in previsions if p.prevu_le and p.prevu_le >= maintenant)


def _previsions(test: "Test", aujourd_hui: dt.date) -> Iterator[Prevision]:
    attendus = test.points.filter(tenu_le=None, prevu_le__gte=aujourd_hui - OUBLI)
    recents = [point for point in attendus if point.prevu_le < aujourd_hui]
    suivants = [point for point in attendus if point.prevu_le >= aujourd_hui][:FENETRE]
    if not recents and not suivants:
        return
    lieu, adresses = test.organisation.lieu, porteurs(test)
    for point in recents + suivants:
        jours = {
            "point_prevu": point.prevu_le,
            "point_manque": apres_jours_ouvres(point.prevu_le, RELANCE, lieu=lieu),
        }
        for genre, jour in jours.items():
            for adresse in adresses:
                yield Prevision(
                    genre=genre,
                    sujet=f"test:{test.pk}",
                    destinataire=adresse,
                    cle=f"{genre}:test:{test.pk}:{adresse}:{point.prevu_le:%Y-%m-%d}",
                    prevu_le=instant_d_envoi(jour, lieu=lieu),
                    donnees={"annonce": point.prevu_le.isoformat(), "lieu": lieu},
                )
