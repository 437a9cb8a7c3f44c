"""Years, the ends of months, the change of hour: what is planned stays right, and stays little."""

import datetime as dt

import pytest

from config.jours import jour_de
from rappels.models import Message
from tests.fabriques import un_test_demarre, un_test_perennise
from tests_programme.tasks import perimer, replanifier

pytestmark = pytest.mark.django_db


def midi(*jour: int) -> dt.datetime:
    return dt.datetime(*jour, 12, tzinfo=dt.UTC)


def test_an_evaluation_late_for_three_years_has_one_alert_ahead_and_no_more_each_night(
    time_machine, curateur
):
    time_machine.move_to(midi(2026, 1, 5))
    test = un_test_demarre(jours=20)
    for annee, nuits in ((2026, 60), (2027, 20), (2029, 20)):
        time_machine.move_to(midi(annee, 3, 2))
        perimer()
        for _ in range(nuits // 20):
            replanifier()
    alertes = Message.objects.filter(genre="evaluation_animation", sujet=f"test:{test.pk}")
    a_venir = alertes.filter(etat="prevu")
    assert a_venir.count() == 1
    assert dt.timedelta(0) < a_venir.get().prevu_le - midi(2029, 3, 2) < dt.timedelta(days=18)
    # Three visits in three years: what was planned then, and not one row for each fortnight between.
    assert alertes.count() <= 2 * 3


@pytest.mark.parametrize(
    ("publiee", "demandee"),
    [
        ((2026, 8, 31), dt.date(2027, 2, 28)),
        ((2027, 8, 31), dt.date(2028, 2, 29)),
        ((2026, 3, 31), dt.date(2026, 9, 30)),
    ],
)
def test_six_months_after_the_last_day_of_a_month_is_a_day_that_exists(
    time_machine, publiee, demandee
):
    time_machine.move_to(midi(*publiee))
    test = un_test_perennise()
    assert test.evaluation.jour_de_la_question == demandee
    question = Message.objects.filter(genre="perennite", etat="prevu").first()
    assert 0 <= (jour_de(question.prevu_le) - demandee).days <= 4  # the next working morning


@pytest.mark.parametrize("debut", [(2026, 3, 20), (2026, 10, 16)])
def test_weekly_points_fall_on_the_same_day_and_hour_across_the_change_of_hour(
    time_machine, debut, organisation_a
):
    time_machine.move_to(midi(*debut))
    test = un_test_demarre(organisation=organisation_a, jours=20, rythme_points="semaine")
    jours = list(test.points.values_list("prevu_le", flat=True))
    assert jours == [jour_de() + dt.timedelta(weeks=n) for n in (1, 2)]
    matins = Message.objects.filter(genre="point_prevu").values_list("prevu_le", flat=True)
    paris = {matin.astimezone(_paris()).strftime("%H:%M") for matin in matins}
    assert len(paris) == 1


def _paris() -> dt.tzinfo:
    from zoneinfo import ZoneInfo

    return ZoneInfo("Europe/Paris")


def test_monthly_points_of_a_test_begun_on_the_31st_keep_the_end_of_the_month(
    time_machine, organisation_a
):
    time_machine.move_to(midi(2026, 8, 31))
    test = un_test_demarre(organisation=organisation_a, jours=200, rythme_points="mois")
    jours = list(test.points.values_list("prevu_le", flat=True))
    assert [jour.month for jour in jours[:2]] == [9, 11]  # 31 October is a Saturday
    assert len(jours) == len(set(jours)) == 6
