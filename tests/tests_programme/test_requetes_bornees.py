"""Ten queries at most for the pages everybody opens, whoever reads: session and account included.

How long they take among half a million tests is measured by bench/tests_pages.py.
"""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from config.jours import jour_de
from tests.conftest import client_de
from tests.fabriques import TestFactory, un_test_demarre
from tests.monde import creer_monde
from tests.tests_programme.conftest import EN_ETAT
from tests_programme.models import Prolongation, Test

BORNE = 10
pytestmark = pytest.mark.django_db


@pytest.fixture
def monde(organisation_a, referent_a):
    return creer_monde(organisation_a, referent_a)


def requetes(client, adresse):
    with CaptureQueriesContext(connection) as faites:
        reponse = client.get(adresse)
    assert reponse.status_code in {200, 404}, adresse
    return [requete["sql"] for requete in faites]


def trop_cher(personnes, adresse):
    """Who needs more than the bound, and for what."""
    couts = {role: requetes(client_de(personne), adresse) for role, personne in personnes.items()}
    return {role: (len(sql), sql) for role, sql in couts.items() if len(sql) > BORNE}


LISTES = [
    "/tests/",
    *(f"/tests/?etat={etat}" for etat in [*Test.Etat.values, "recit"]),
    "/tests/?q=appeler",
    "/tests/?q=appeler&etat=preparation&piste={piste}&organisation=ville&programme={programme}",
    "/tests/en-retard/",
    "/enseignements/",
    "/enseignements/?q=appeler&piste={piste}",
    "/programmes/",
    "/programmes/{programme}/",
    "/programmes/{programme}/panorama/",
]


@pytest.mark.parametrize("adresse", LISTES)
def test_a_list_takes_ten_queries_at_most(adresse, monde, personnes):
    adresse = adresse.format(piste=monde.piste.slug, programme=monde.programme.cle)
    assert trop_cher(personnes, adresse) == {}


@pytest.mark.parametrize("nom", ["test", "journal", "lignee"])
@pytest.mark.parametrize("etat", EN_ETAT)
def test_the_pages_of_a_test_take_ten_queries_at_most(nom, etat, en_etat, personnes):
    test = en_etat(etat)
    Test.objects.filter(pk=test.pk).update(issu_de=None)
    suivant = TestFactory(organisation=test.organisation, piste=test.piste, issu_de=test)
    for quel in (test, suivant):
        assert trop_cher(personnes, reverse(f"tests_programme:{nom}", args=[quel.pk])) == {}


def test_a_page_with_everything_to_tell_takes_ten_queries_at_most(organisation_a, personnes):
    origine = un_test_demarre(organisation=organisation_a)
    test = un_test_demarre(
        organisation=organisation_a,
        piste=origine.piste,
        issu_de=origine,
        changement="Le matin au lieu du soir.",
        at=timezone.now() - dt.timedelta(days=20),
    )
    Prolongation.objects.create(
        test=test,
        ancienne_date=test.date_peremption,
        nouvelle_date=jour_de() + dt.timedelta(days=50),
        motif="La météo.",
        demandee_par=personnes["agent_a"],
    )
    for _ in range(3):
        TestFactory(organisation=organisation_a, piste=test.piste, issu_de=test)
    assert trop_cher(personnes, test.get_absolute_url()) == {}
    html = client_de(personnes["agent_a"]).get(test.get_absolute_url()).content.decode()
    assert "Une prolongation jusqu'au" in html
    assert html.count("journal-quand") == test.journal.count() > 0
