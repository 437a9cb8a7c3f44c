"""The lists: filters, pages after pages, constant cost, and nobody's secret."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.conftest import ROLES
from tests.fabriques import (
    OrganisationFactory,
    PisteFactory,
    ProgrammeFactory,
    TestFactory,
    un_test_demarre,
)
from tests_programme.models import Programme, Test

LISTE = "/tests/"


@pytest.fixture
def recits(db):
    """Makes public accounts quickly."""

    def faire(nombre: int, **fields: object) -> list[Test]:
        communs = {"organisation": OrganisationFactory(), "piste": PisteFactory(), **fields}
        return [
            TestFactory(source="Un guide, page 3", titre=f"Récit {n}", **communs)
            for n in range(nombre)
        ]

    return faire


def test_an_empty_list_says_what_to_do_next(db):
    html = Client().get(LISTE).content.decode()
    assert "Aucun test public" in html
    assert 'href="/pistes/"' in html


def test_pages_follow_each_other_without_a_hole_or_a_double(recits):
    crees = recits(47)
    instant = timezone.now()
    Test.objects.filter(pk__in=[t.pk for t in crees[:30]]).update(cree_le=instant)  # ties
    client, vus, adresse = Client(), [], LISTE
    while adresse:
        page = client.get(adresse)
        vus += [test.pk for test in page.context["tests"]]
        adresse = LISTE + page.context["suivante"] if page.context["suivante"] else ""
        assert len(page.context["tests"]) <= 20
    assert vus == list(Test.objects.order_by("-cree_le", "-pk").values_list("pk", flat=True))


def test_the_next_page_keeps_the_filters(recits):
    recits(25)
    page = Client().get(LISTE, {"q": "récit", "etat": "recit"})
    assert len(page.context["tests"]) == 20
    suite = Client().get(LISTE + page.context["suivante"])
    assert len(suite.context["tests"]) == 5
    assert suite.context["debut"] == "?q=r%C3%A9cit&etat=recit"


@pytest.mark.parametrize("apres", ["", "x", "1-", "-1", "9" * 40 + "-1", "1-" + "9" * 40, "a-b"])
def test_a_mark_that_means_nothing_begins_again_or_ends(recits, apres):
    recits(1)
    assert Client().get(LISTE, {"apres": apres}).status_code == 200


def test_the_list_costs_the_same_with_10_and_200_rows(recits):
    recits(10)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cout() -> int:
        with CaptureQueriesContext(connection) as requetes:
            assert Client().get(LISTE).status_code == 200
        return len(requetes)

    avec_10 = cout()
    recits(190)
    assert cout() == avec_10
    assert avec_10 <= 10


def test_filters_find_what_they_name(recits, organisation_a):
    programme = ProgrammeFactory()
    bon = un_test_demarre(
        organisation=organisation_a, programme=programme, titre="Des élèves au jardin"
    )
    recits(3)
    for champ, valeur in [
        ("etat", "en_cours"),
        ("piste", bon.piste.slug),
        ("organisation", bon.organisation_id),
        ("programme", programme.cle),
        ("q", "eleve JARDIN"),
    ]:
        page = Client().get(LISTE, {champ: valeur})
        assert page.context["tests"] == [bon], champ
    page = Client().get(LISTE, {"q": "licorne"})
    assert "Aucun test ne répond à ces filtres" in page.content.decode()


@pytest.mark.parametrize("champ", ["etat", "piste", "organisation", "programme"])
def test_a_filter_that_names_nothing_shows_nothing_and_says_so(recits, champ):
    recits(1)
    page = Client().get(LISTE, {champ: "nimporte-quoi"})
    assert page.status_code == 200
    assert page.context["tests"] == []
    assert "Ce filtre n'existe pas ou plus" in page.content.decode().replace("&#x27;", "'")


def test_each_reader_sees_what_they_may(clients, organisation_a):
    public = un_test_demarre(organisation=organisation_a)
    prive = un_test_demarre(organisation=organisation_a, visibilite="prive")
    brouillon = TestFactory(organisation=organisation_a)
    for role in ROLES:
        vus = set(clients[role].get(LISTE).context["tests"])
        tout = role in {"agent_a", "referent_a", "curateur", "administrateur"}
        assert vus == ({public, prive, brouillon} if tout else {public}), role
        for test in (prive, brouillon):
            statut = clients[role].get(test.get_absolute_url()).status_code
            assert statut == (200 if tout else 404), role


def test_programmes_are_listed_and_cost_the_same(recits, db):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    assert "Aucun programme" in Client().get(reverse("tests_programme:programmes")).content.decode()

    def cout(adresse: str) -> int:
        with CaptureQueriesContext(connection) as requetes:
            assert Client().get(adresse).status_code == 200
        return len(requetes)

    programme = ProgrammeFactory()
    recits(5, programme=programme)
    programme.organisations.add(OrganisationFactory())
    liste, page = reverse("tests_programme:programmes"), programme.get_absolute_url()
    avant = cout(liste), cout(page)
    for n in range(10):
        autre = ProgrammeFactory(debut=dt.date(2025, 1, 1 + n))
        autre.organisations.add(OrganisationFactory())
    recits(60, programme=programme)
    assert (cout(liste), cout(page)) == avant
    compte = Programme.objects.pour_liste().get(pk=programme.pk)
    assert (compte.nombre_tests, compte.nombre_organisations) == (65, 1)


def test_a_programme_does_not_tell_of_its_drafts(organisation_a, clients):
    programme = ProgrammeFactory()
    TestFactory(organisation=organisation_a, programme=programme, titre="Secret de brouillon")
    assert "Secret" not in clients["visiteur"].get(programme.get_absolute_url()).content.decode()
    assert "Secret" in clients["agent_a"].get(programme.get_absolute_url()).content.decode()
