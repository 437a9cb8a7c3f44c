"""A mission under way: its half-days, its points of follow-up, its interruption."""

import datetime as dt

import pytest
import time_machine

from config.jours import instant_de, jour_de
from engagement import tasks
from engagement.models import Besoin, DemiJournee, Ligne, MotifPrive
from engagement.refus import ActionRefusee
from engagement.semaine import MATIN
from rappels.models import Message
from tests.fabriques_engagement import (
    BesoinFactory,
    DispositifFactory,
    un_mediateur,
    une_mission,
)

pytestmark = pytest.mark.django_db
LUNDI = dt.date(2027, 3, 1)


@pytest.fixture
def mission():
    """Three Monday mornings, agreed on the Tuesday before."""
    with time_machine.travel(instant_de(dt.date(2027, 2, 23), 9), tick=False) as horloge:
        jours = [(LUNDI + dt.timedelta(days=7 * n), MATIN) for n in range(3)]
        dispositif = DispositifFactory(par_semaine=2)
        mediateur = un_mediateur(dispositif)
        mise = une_mission(
            mediateur,
            besoin=BesoinFactory(dispositif=dispositif, creneaux=jours),
            mediateur=mediateur,
        )
        assert mise.etat == "en_mission"
        yield mise, mediateur, horloge


def attendus(mise, genre):
    messages = Message.objects.filter(sujet=f"mise_en_relation:{mise.pk}", genre=genre)
    return messages.exclude(etat="annule")


def test_the_first_point_comes_after_the_first_half_day_then_every_two_weeks(mission):
    mise, _, _ = mission
    assert [p.prevu_le for p in mise.points.all()] == [dt.date(2027, 3, 2)]
    assert attendus(mise, "suivi_prevu").get().prevu_le == instant_de(dt.date(2027, 3, 2), 8)
