"""Every test of a programme on one page, as far as its reader may see them."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from config.jours import instant_de, jour_de
from tests.conftest import client_de
from tests.fabriques import (
    OrganisationFactory,
    PisteFactory,
    ProgrammeFactory,
    TestFactory,
    un_test_a_evaluer,
    un_test_demarre,
    un_test_pret,
)
from tests_programme.frise import frise
from tests_programme.models import Accord, Test

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(organisation_a):
    programme = ProgrammeFactory(titre="Prendre soin")
    programme.organisations.add(organisation_a, OrganisationFactory(nom="Ville sans test"))
    return programme


def ouvrir(programme, client=None):
    return (client or Client()).get(f"{programme.get_absolute_url()}panorama/")


def en_nombre(programme, nombre, **champs):
    """Running tests by the hundred, as rows."""
    organisations = [OrganisationFactory() for _ in range(12)]
    pistes = [PisteFactory() for _ in range(4)]
    Test.objects.bulk_create(
        Test(
            programme=programme,
            organisation=organisations[n % 12],
            piste=pistes[n % 4],
            titre=f"Essayer ensemble une chose nouvelle, numéro {n}",
            etat="en_cours",
            demarre_le=timezone.now() - dt.timedelta(days=n % 60),
            date_peremption=jour_de() + dt.timedelta(days=n % 90),
            **champs,
        )
        for n in range(nombre)
    )


def test_a_visitor_sees_public_tests_by_piste_and_organisation(programme, organisation_a):
    public = un_test_demarre(organisation=organisation_a, programme=programme)
    prive = un_test_demarre(organisation=organisation_a, programme=programme, visibilite="prive")
    brouillon = TestFactory(organisation=organisation_a, programme=programme)
    html = ouvrir(programme).content.decode()
    assert html.count(f'href="{public.get_absolute_url()}"') >= 2  # the grid, the frise
    assert "Ville sans test" in html
    for cache in (prive, brouillon):
        assert cache.titre not in html


def test_an_account_without_dates_stands_apart(programme):
    recit = TestFactory(programme=programme, source="Un guide", periode="printemps 2022")
    html = ouvrir(programme).content.decode()
    assert "Sans dates précises" in html
    assert html.count(recit.titre) == 2
    assert "<svg viewBox" not in html.partition("<h1>")[2].partition("<footer")[0]


@time_machine.travel(instant_de(dt.date(2027, 3, 10), 9), tick=False)
def test_what_ends_this_month_and_what_waits_is_said(programme, organisation_a, agent_a):
    champs = {"organisation": organisation_a, "programme": programme}
    bientot = un_test_demarre(**champs, jours=21)
    plus_tard = un_test_demarre(**champs, jours=22)
    en_retard = un_test_a_evaluer(**champs)
    attend = un_test_pret(**champs)
    attend.parties.create(role="usager", fonction="habitante", email="habitante@example.org")

    Accord.objects.filter(partie__test=attend).update(etat="demande", repondu_le=None)
    panorama = ouvrir(programme, client_de(agent_a)).context["panorama"]
    assert panorama.finissent == [bientot]
    assert panorama.en_retard == [en_retard]
    assert panorama.attendent == [attend]
    assert plus_tard not in panorama.finissent
    assert ouvrir(programme).context["panorama"].attendent == []


def test_today_is_drawn_between_what_has_begun_and_what_will_end(organisation_a):
    at = instant_de(dt.date(2027, 3, 10), 9)
    test = un_test_demarre(organisation=organisation_a, at=at - dt.timedelta(days=20), jours=60)
    test.titre_piste = "La piste"
    faite = frise([test], at)
    (trace,) = faite.traces
    assert faite.aujourdhui is not None
    assert trace.x < faite.aujourdhui < trace.x + trace.largeur
    assert frise([test], at + dt.timedelta(days=400)).aujourdhui is None


def test_every_bar_is_a_named_link(programme, organisation_a):
    long = un_test_demarre(
        organisation=organisation_a,
        programme=programme,
        titre=("Une chose longue à dire " * 6).strip(),
    )
    html = ouvrir(programme).content.decode()
    assert f'<a href="{long.get_absolute_url()}" aria-label="{long.titre} · ' in html


@pytest.mark.parametrize("nombre", [1, 6, 200])
def test_ten_queries_and_a_light_page_whatever_the_number(
    programme, nombre, agent_a, organisation_a, django_assert_max_num_queries
):
    en_nombre(programme, nombre)
    client = client_de(agent_a)
    with django_assert_max_num_queries(10):
        page = ouvrir(programme, client)
    assert page.context["panorama"].nombre == nombre
    assert len(page.content) < 100_000


def test_beyond_the_bound_it_leads_to_lists(programme, django_assert_max_num_queries):
    piste = PisteFactory()
    programme.pistes.add(piste)
    en_nombre(programme, 201)
    with django_assert_max_num_queries(10):
        page = ouvrir(programme)
    html = page.content.decode()
    assert f"/tests/?programme={programme.cle}&amp;piste={piste.slug}" in html
    assert "<table" not in html
    assert len(page.context["panorama"].finissent) <= 20


def test_the_page_of_a_programme_shows_sixty_tests_and_leads_to_the_others(
    programme, django_assert_max_num_queries
):
    en_nombre(programme, 61)
    with django_assert_max_num_queries(10):
        page = Client().get(programme.get_absolute_url())
    html = page.content.decode()
    assert sum(len(g["tests"]) for g in page.context["groupes"]) == 60
    assert f'href="/tests/?programme={programme.cle}"' in html
    assert f'href="{programme.get_absolute_url()}panorama/"' in html
