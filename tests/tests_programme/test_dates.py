"""The date rules: past it a test is over for every reader, whether or not a worker has come."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from config.jours import PARIS
from tests.conftest import ROLES
from tests.fabriques import un_test_demarre
from tests_programme.models import Test
from tests_programme.tasks import perimer

pytestmark = pytest.mark.django_db

# (start, last day): an ordinary one, and one across each change of the clocks.
CAS = [
    (dt.datetime(2026, 11, 2, 9, tzinfo=PARIS), dt.date(2026, 12, 1)),
    (dt.datetime(2027, 3, 1, 9, tzinfo=PARIS), dt.date(2027, 3, 28)),
    (dt.datetime(2026, 10, 1, 9, tzinfo=PARIS), dt.date(2026, 10, 25)),
]


def demarre(debut: dt.datetime, dernier: dt.date, **fields: object) -> Test:
    return un_test_demarre(at=debut, jours=(dernier - debut.date()).days, **fields)


@pytest.mark.parametrize(("debut", "dernier"), CAS)
def test_it_runs_until_the_last_second_of_its_last_paris_day(debut, dernier, time_machine):
    time_machine.move_to(debut)
    test = demarre(debut, dernier)
    minuit = dt.datetime.combine(dernier + dt.timedelta(days=1), dt.time(0), tzinfo=PARIS)
    for instant, etat in [
        (minuit - dt.timedelta(seconds=1), "en_cours"),
        (minuit, "a_evaluer"),
        (minuit + dt.timedelta(days=400), "a_evaluer"),
    ]:
        test.refresh_from_db()
        assert test.etat == "en_cours"  # no worker has run
        assert test.etat_au(instant) == etat
        assert test.est_perime(instant) == (etat == "a_evaluer")
        dans_la_liste = Test.objects.perimes(instant).contains(test)
        assert dans_la_liste == test.est_perime(instant)
        assert Test.objects.en_cours(instant).contains(test) == (etat == "en_cours")
        assert Test.objects.a_evaluer(instant).contains(test) == (etat == "a_evaluer")
        assert Test.objects.dans_l_etat(etat, instant).contains(test)


def test_every_reader_sees_it_over_without_a_worker(clients, organisation_a, time_machine):
    debut, dernier = CAS[0]
    time_machine.move_to(debut)
    test = demarre(debut, dernier, organisation=organisation_a)
    adresse = test.get_absolute_url()
    time_machine.move_to(dt.datetime(2026, 12, 1, 23, 59, 59, tzinfo=PARIS))
    for role in ROLES:
        assert "dernier jour aujourd'hui" in clients[role].get(adresse).content.decode(), role
    time_machine.move_to(dt.datetime(2026, 12, 2, 0, 0, 1, tzinfo=PARIS))
    for role in ROLES:
        html = clients[role].get(adresse).content.decode()
        assert "<strong>En test</strong>" not in html, role
        assert "Périmé" in html, role
        liste = clients[role].get(reverse("tests_programme:liste"), {"etat": "en_cours"})
        assert test not in liste.context["tests"]
        liste = clients[role].get(reverse("tests_programme:liste"), {"etat": "a_evaluer"})
        assert test in liste.context["tests"]
    for action in ("arreter", "prolonger", "demarrer"):
        reponse = clients["agent_a"].post(
            reverse(f"tests_programme:{action}", args=[test.pk]), {"motif": "Trop tard."}
        )
        assert reponse.status_code == 409
    test.refresh_from_db()
    assert test.etat == "en_cours"
    assert test.journal.count() == 1


def test_the_worker_records_the_midnight_whenever_it_comes(time_machine):
    debut, dernier = CAS[2]
    time_machine.move_to(debut)
    test = demarre(debut, dernier)
    time_machine.move_to(debut + dt.timedelta(days=90))
    assert perimer() == 1
    assert perimer() == 0
    test.refresh_from_db()
    assert test.etat == "a_evaluer"
    assert test.termine_le == dt.datetime(2026, 10, 26, 0, tzinfo=PARIS)
    assert not test.arrete_avant_sa_date
    assert test.journal.filter(action="perimer", par=None).count() == 1


def test_it_can_be_evaluated_although_no_worker_has_come(clients, en_etat):
    test = en_etat("perime")
    page = clients["agent_a"].get(reverse("tests_programme:evaluation", args=[test.pk]))
    assert page.status_code == 200
    refus = clients["agent_a"].post(reverse("tests_programme:soumettre", args=[test.pk]))
    assert refus.status_code == 409
    test.refresh_from_db()
    assert test.etat == "en_cours"


def test_the_calendar_entry_is_public_when_the_test_is(en_etat):
    from icalendar import Calendar

    test = en_etat("en_cours")
    adresse = reverse("tests_programme:agenda", args=[test.pk])
    premier, second = Client().get(adresse), Client().get(adresse)
    assert premier["Content-Type"].startswith("text/calendar")
    evenement = Calendar.from_ical(premier.content).walk("VEVENT")[0]
    assert evenement.decoded("dtstart") == test.date_peremption
    assert premier.content == second.content
    Test.objects.filter(pk=test.pk).update(visibilite="prive")
    assert Client().get(adresse).status_code == 404
    brouillon = en_etat("preparation")
    assert Client().get(reverse("tests_programme:agenda", args=[brouillon.pk])).status_code == 404
