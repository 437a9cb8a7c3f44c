"""The duration proposed from the past tests of the same piste."""

import datetime as dt

import pytest

from config.jours import jour_de
from tests.conftest import client_de
from tests.fabriques import PisteFactory, TestFactory, un_membre, un_test_demarre
from tests.tests_programme.test_preparation import adresse, envoyer
from tests_programme.durees import en_mots, proposition


def il_y_a(jours: int) -> dt.datetime:
    return dt.datetime.now(dt.UTC) - dt.timedelta(days=jours)


def un_test_passe(jours: int, **champs):
    """One that lasted that many days and is over."""
    return un_test_demarre(at=il_y_a(jours + 5), jours=jours, **champs)


@pytest.fixture
def piste(db):
    return PisteFactory()


@pytest.fixture
def brouillon(agent_a, organisation_a, piste):
    return TestFactory(organisation=organisation_a, piste=piste)


@pytest.fixture
def client(agent_a):
    return client_de(agent_a)


def test_without_a_past_test_nothing_is_proposed(client, brouillon, piste):
    un_test_demarre(piste=piste)
    page = client.get(adresse(brouillon, "limites"))
    assert "proposons" not in page.content.decode()
    assert "date_proposee" not in page.context["form"].fields


def test_the_median_is_told_in_words_and_never_imposed(client, brouillon, piste):
    for jours in (20, 42, 80):
        un_test_passe(jours, piste=piste)
    page = client.get(adresse(brouillon, "limites"))
    html = page.content.decode()
    assert "Les 3 tests terminés de cette piste ont duré de 3 semaines à 3 mois" in html
    assert "la moitié au plus 6 semaines" in html
    assert page.context["form"]["date_peremption"].value() is None
    envoyer(client, brouillon, "limites", retour_arriere="On referme.")
    brouillon.refresh_from_db()
    assert brouillon.date_peremption is None


def test_it_is_taken_in_one_click_without_javascript(client, brouillon, piste):
    un_test_passe(42, piste=piste)
    reponse = envoyer(client, brouillon, "limites", date_proposee="on", retour_arriere="Oui.")
    assert reponse.status_code == 302
    brouillon.refresh_from_db()
    assert brouillon.date_peremption == jour_de() + dt.timedelta(days=42)
    assert brouillon.retour_arriere == "Oui."
    assert "date_proposee" not in client.get(adresse(brouillon, "limites")).context["form"].fields


def test_a_typed_date_is_never_replaced_in_silence(client, brouillon, piste):
    un_test_passe(42, piste=piste)
    date = jour_de() + dt.timedelta(days=10)
    reponse = envoyer(
        client, brouillon, "limites", date_proposee="on", date_peremption=f"{date:%Y-%m-%d}"
    )
    assert reponse.status_code == 422
    assert "gardez l&#x27;une des deux" in reponse.content.decode()


def test_what_a_reader_may_not_see_proposes_nothing(agent_a, brouillon, piste, organisation_b):
    un_test_passe(42, piste=piste, organisation=organisation_b, visibilite="prive")
    assert proposition(brouillon, agent_a) is None
    assert proposition(brouillon, un_membre(organisation_b)) is not None


def test_it_costs_one_query_whatever_the_number(
    agent_a, brouillon, piste, django_assert_num_queries
):
    for _ in range(2):
        un_test_passe(30, piste=piste)
    with django_assert_num_queries(1):
        proposition(brouillon, agent_a)


@pytest.mark.parametrize(
    ("jours", "mots"),
    [(1, "1 jour"), (10, "10 jours"), (42, "6 semaines"), (90, "3 mois"), (365, "12 mois")],
)
def test_a_duration_is_said_as_people_say_it(jours, mots):
    assert en_mots(jours) == mots
