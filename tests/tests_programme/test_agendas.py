"""Calendars one subscribes to: whose, what, until when."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from config.journaux import sans_jeton
from config.jours import jour_de
from tests.conftest import client_de
from tests.fabriques import ProgrammeFactory, un_membre, un_test_demarre, un_test_pret
from tests_programme.models import FluxAgenda

pytestmark = pytest.mark.django_db


def ouvrir(user, **donnees):
    assert client_de(user).post("/agendas/", donnees).status_code == 302
    return FluxAgenda.objects.filter(utilisateur=user).latest("pk")


def lire(flux):
    """The entries by the beginning of their UID, read without an account."""
    reponse = Client().get(flux.get_absolute_url())
    assert reponse.status_code == 200
    entrees = Calendar.from_ical(reponse.content).walk("VEVENT")
    return {str(e["uid"]).partition("@")[0]: e for e in entrees}


@pytest.fixture
def demarre(organisation_a, agent_a):
    il_y_a = timezone.now() - dt.timedelta(days=10)
    return un_test_demarre(
        organisation=organisation_a, at=il_y_a, jours=60, rythme_points="semaine"
    )


def test_all_that_concerns_me_has_my_tests_their_points_and_my_sessions(
    demarre, agent_a, organisation_a
):
    programme = ProgrammeFactory()
    programme.organisations.add(organisation_a)
    seance = programme.seances.create(
        rang=1, titre="Rencontre", debut=jour_de(), fin=jour_de() + dt.timedelta(days=1)
    )
    entrees = lire(ouvrir(agent_a))
    assert f"test-{demarre.pk}" in entrees
    assert sum(uid.startswith(f"point-{demarre.pk}-") for uid in entrees) == demarre.points.count()
    rencontre = entrees[f"seance-{seance.pk}"]
    assert rencontre.decoded("dtend") - rencontre.decoded("dtstart") == dt.timedelta(days=2)


def test_asked_twice_it_is_one_address_and_cut_it_answers_nothing(agent_a, agent_b):
    flux = ouvrir(agent_a)
    assert ouvrir(agent_a) == flux
    assert client_de(agent_b).post(f"/agendas/{flux.pk}/couper/").status_code == 404
    client_de(agent_a).post(f"/agendas/{flux.pk}/couper/")
    assert Client().get(flux.get_absolute_url()).status_code == 404


def test_who_left_the_organisation_keeps_a_valid_and_empty_calendar(demarre, organisation_a):
    partante = un_membre(organisation_a)
    un_membre(organisation_a, "referent")
    flux = ouvrir(partante)
    assert lire(flux)
    partante.adhesions.get().terminer(par=partante)
    assert lire(flux) == {}


def test_an_account_closed_has_no_calendar(demarre, agent_a):
    flux = ouvrir(agent_a)
    agent_a.is_active = False
    agent_a.save()
    assert Client().get(flux.get_absolute_url()).status_code == 404


def test_a_private_test_is_not_offered_to_a_stranger(organisation_a, agent_a, agent_b):
    prive = un_test_demarre(organisation=organisation_a, visibilite="prive")
    assert client_de(agent_b).post("/agendas/", {"test": prive.pk}).status_code == 404
    assert not FluxAgenda.objects.exists()


def test_a_test_stopped_early_moves_and_its_next_points_are_called_off(demarre, agent_a):
    flux = ouvrir(agent_a, test=demarre.pk)
    avant = lire(flux)
    demarre.arreter(par=agent_a, motif="La météo.")
    apres = lire(flux)
    fin = f"test-{demarre.pk}"
    assert apres[fin].decoded("dtstart") == jour_de()
    assert apres[fin]["sequence"] > avant[fin]["sequence"]
    assert avant.keys() == apres.keys()
    a_venir = [e for u, e in apres.items() if u != fin and e.decoded("dtstart") > jour_de()]
    assert a_venir
    assert {str(e["status"]) for e in a_venir} == {"CANCELLED"}


def test_a_draft_given_up_and_a_session_called_off_are_said_to_be(
    organisation_a, agent_a, curateur
):
    programme = ProgrammeFactory()
    seance = programme.seances.create(rang=1, titre="Rencontre", debut=jour_de())
    test = un_test_pret(organisation=organisation_a, programme=programme)
    flux = ouvrir(agent_a, programme=programme.cle)
    avant = lire(flux)
    test.renoncer(par=agent_a, motif="Trop tôt.")
    seance.annuler(par=curateur)
    apres = lire(flux)
    assert {str(e["status"]) for e in avant.values()} == {"CONFIRMED"}
    assert {str(e["status"]) for e in apres.values()} == {"CANCELLED"}
    assert avant.keys() == apres.keys()


def test_a_calendar_that_has_not_changed_is_not_sent_again(demarre, agent_a):
    flux = ouvrir(agent_a)
    premiere = Client().get(flux.get_absolute_url())
    assert b"X-WR-CALNAME" in premiere.content
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H" in premiere.content
    encore = Client().get(flux.get_absolute_url(), headers={"If-None-Match": premiere["ETag"]})
    assert (encore.status_code, encore.content) == (304, b"")
    assert not premiere.cookies


def test_the_number_of_queries_does_not_depend_on_the_tests(
    agent_a, organisation_a, django_assert_max_num_queries
):
    flux = ouvrir(agent_a)
    for _ in range(4):
        un_test_demarre(organisation=organisation_a, rythme_points="mois")
    with django_assert_max_num_queries(6):
        lire(flux)


def test_secret_addresses_never_reach_a_log(agent_a):
    flux = ouvrir(agent_a)
    for chemin in (flux.get_absolute_url(), f"/miroir/{flux.jeton}/", f"/v/{flux.jeton}"):
        assert flux.jeton not in sans_jeton(f'"GET {chemin} HTTP/1.1" 200')
