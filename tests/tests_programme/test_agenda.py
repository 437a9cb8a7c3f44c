"""The end of a test in somebody's calendar, after what happened since it was imported."""

import datetime as dt

import pytest
from django.urls import reverse
from icalendar import Calendar

from config.jours import jour_de
from tests.conftest import client_de


@pytest.fixture
def evenement(agent_a):
    """What the address of the calendar entry says now."""

    def lire(test):
        adresse = reverse("tests_programme:agenda", args=[test.pk])
        reponse = client_de(agent_a).get(adresse)
        return Calendar.from_ical(reponse.content).walk("VEVENT")[0]

    return lire


def test_a_test_stopped_early_moves_to_its_real_last_day(en_etat, agent_a, evenement):
    test = en_etat("en_cours")
    avant = evenement(test)
    assert avant.decoded("dtstart") == test.date_peremption
    test.arreter(par=agent_a, motif="La météo.")
    apres = evenement(test)
    assert apres.decoded("dtstart") == jour_de()
    assert apres.decoded("dtend") == jour_de() + dt.timedelta(days=1)
    assert apres["uid"] == avant["uid"]
    assert apres["sequence"] > avant["sequence"]
    assert "arrêté" in apres["description"]
    page = client_de(agent_a).get(test.get_absolute_url()).content.decode()
    assert "mettre à jour mon agenda" in page


def test_a_test_given_up_leaves_the_calendar(en_etat, agent_a, evenement):
    test = en_etat("pret")
    avant = evenement(test)
    test.renoncer(par=agent_a, motif="Trop tôt.")
    apres = evenement(test)
    assert (avant["status"], apres["status"]) == ("CONFIRMED", "CANCELLED")
    assert apres["sequence"] > avant["sequence"]


def test_a_test_over_at_its_date_stays_on_its_day(en_etat, evenement):
    test = en_etat("perime")
    avant = evenement(test)
    test.perimer()
    assert evenement(test).decoded("dtstart") == avant.decoded("dtstart") == test.date_peremption
