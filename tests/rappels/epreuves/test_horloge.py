"""The two days whose clock changes in Paris, and a clock that jumps three days."""

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from rappels.enveloppe import identifiant
from rappels.envoi import envoyer_les_messages_dus
from rappels.models import Message
from tests.fabriques import un_test_demarre
from tests_programme.models import Test

pytestmark = [pytest.mark.django_db, pytest.mark.lent]

PARIS = ZoneInfo("Europe/Paris")


def _paris(*champs):
    return dt.datetime(*champs, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("jour", "heures"), [(dt.date(2026, 3, 29), 23), (dt.date(2026, 10, 25), 25)], ids=str
)
def test_on_a_day_of_23_or_25_hours_each_message_leaves_once_and_on_time(
    jour, heures, courrier, planifier
):
    debut = _paris(jour.year, jour.month, jour.day).astimezone(dt.UTC)
    fin = _paris(jour.year, jour.month, jour.day + 1).astimezone(dt.UTC)
    assert fin - debut == dt.timedelta(hours=heures)
    instants = [debut + dt.timedelta(minutes=20 * n) for n in range(3 * heures)]
    with time_machine.travel(debut, tick=False) as horloge:
        for n, instant in enumerate(instants):
            planifier(f"p{n}", prevu_le=instant)
        at, partis = debut, 0
        while at <= fin:
            horloge.move_to(at)
            partis += envoyer_les_messages_dus().envoyes
            assert partis == len([i for i in instants if i <= at])
            at += dt.timedelta(minutes=30)
    print(
        f"\n{jour}: hours={heures} keys={len(instants)} arrived={partis} repeats={len(courrier.recus) - partis}"
    )
    assert set(courrier.identifiants().values()) == {1}
    assert len(courrier.identifiants()) == len(instants)


@pytest.mark.parametrize(
    ("jour", "minuit", "premiers"),
    [
        # A Sunday: its last reminder comes on the Friday; the évaluation's first on the Monday at 8:00.
        (
            dt.date(2026, 3, 29),
            "2026-03-29T22:00+00:00",
            ("2026-03-27T07:00+00:00", "2026-03-30T06:00+00:00"),
        ),
        (
            dt.date(2026, 10, 25),
            "2026-10-25T23:00+00:00",
            ("2026-10-23T06:00+00:00", "2026-10-26T07:00+00:00"),
        ),
    ],
    ids=["spring", "autumn"],
)
def test_a_test_that_ends_that_day_ends_at_its_midnight_and_reminds_at_eight(
    jour, minuit, premiers, courrier
):
    minuit = dt.datetime.fromisoformat(minuit)
    with time_machine.travel(_paris(jour.year, jour.month, 1, 10), tick=False) as horloge:
        test = un_test_demarre(jours=(jour - dt.date(jour.year, jour.month, 1)).days)
        instants = dict(
            Message.objects.filter(sujet=f"test:{test.pk}")
            .values_list("genre", "prevu_le")
            .distinct()
        )
        attendus = tuple(dt.datetime.fromisoformat(i) for i in premiers)
        assert (instants["peremption_0"], instants["evaluation_1"]) == attendus
        horloge.move_to(minuit - dt.timedelta(seconds=1))
        assert test.etat_au() == "en_cours"
        assert not Test.objects.perimes().exists()
        horloge.move_to(minuit)
        assert test.etat_au() == "a_evaluer"  # by the date alone: no job has run
        assert Test.objects.perimes().get() == test
        test.perimer()
        assert test.termine_le == minuit


@pytest.mark.parametrize(
    "depart", [_paris(2026, 3, 27, 7), _paris(2026, 10, 23, 7), _paris(2026, 6, 8, 7)]
)
def test_a_clock_that_jumps_three_days_sends_the_late_ones_once_and_says_so(
    depart, courrier, planifier
):
    with time_machine.travel(depart, tick=False) as horloge:
        cles = []
        for n in range(72):
            cles.append(
                planifier(f"p{n}", prevu_le=depart + dt.timedelta(hours=n), retard=True).cle
            )
        horloge.move_to(depart + dt.timedelta(days=3))
        partis = [envoyer_les_messages_dus().envoyes for _ in range(3)]
        horloge.move_to(depart)  # and back: nothing leaves again
        partis.append(envoyer_les_messages_dus().envoyes)
    print(
        f"\n+3 days from {depart:%Y-%m-%d}: keys=72 arrived={partis[0]} repeats={sum(partis[1:])}"
    )
    assert partis == [72, 0, 0, 0]
    assert courrier.identifiants() == Counter(identifiant(cle) for cle in cles)
    tardifs = [m for m in courrier.recus if "retard" in m.get_body(("plain",)).get_content()]
    assert len(tardifs) == 48  # those more than a day late


def test_three_days_without_a_worker_leave_one_reminder_of_a_test_to_each_person(courrier):
    """Of several that fell due meanwhile only the nearest is still true."""
    with time_machine.travel(_paris(2026, 6, 1, 10), tick=False) as horloge:
        test = un_test_demarre(jours=20)  # until Sunday 21 June
        Message.objects.filter(prevu_le__lte=timezone.now()).delete()
        courriers = Counter()
        for jours in range(60):
            if jours not in {16, 17, 18}:
                horloge.move_to(_paris(2026, 6, 1, 10) + dt.timedelta(days=jours))
                envoyer_les_messages_dus()
                courriers[jours] = len(courrier.recus)
        uniques = courrier.identifiants()
    assert set(uniques.values()) == {1}
    par_personne = Counter(courrier.destinataires().values())
    print(
        f"\n3 days without a worker: mails={sum(uniques.values())} by person={dict(par_personne)}"
    )
    assert max(courriers[j] - courriers.get(j - 1, courriers[j]) for j in courriers) <= 3
    assert not Message.objects.dus().exists(), test
