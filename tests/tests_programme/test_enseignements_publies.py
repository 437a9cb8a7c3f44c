"""One rule says which lessons may be read; every page and the API follow it."""

import pytest
from django.test import Client

from tests.conftest import ROLES, client_de
from tests.fabriques import PisteFactory, TestFactory
from tests_programme.models import Enseignement


@pytest.fixture
def lecons(en_etat, organisation_a):
    """Lessons of one piste: a draft, a published one, a private one, one of an account."""
    piste = PisteFactory()
    tests = {
        "brouillon": en_etat("a_evaluer", piste=piste),
        "publiee": en_etat("evalue", piste=piste),
        "privee": en_etat("evalue", piste=piste, visibilite="prive"),
        "recit": TestFactory(piste=piste, organisation=organisation_a, source="Un guide"),
    }
    for quoi, test in tests.items():
        test.enseignements.all().delete()
        test.enseignements.create(piste=piste, type="condition", texte=f"Zébrure {quoi}")
    return tests


def test_each_reader_finds_the_same_lessons_everywhere(lecons, clients, personnes):
    piste = lecons["recit"].piste
    for role in ROLES:
        tout = role in {"agent_a", "referent_a", "curateur", "administrateur"}
        attendues = {"publiee", "recit"} | ({"privee"} if tout else set())
        client = client_de(personnes[role])
        for page in (piste.get_absolute_url(), "/recherche/?q=zebrure"):
            html = client.get(page).content.decode()
            html = html.replace("<mark>", "").replace("</mark>", "")  # the search marks its words
            assert {q for q in lecons if f"Zébrure {q}" in html} == attendues, (role, page)
        for quoi, test in lecons.items():
            html = client.get(test.get_absolute_url()).content.decode()
            assert (f"Zébrure {quoi}" in html) == (quoi in attendues), (role, quoi)


def test_a_visitor_reads_the_public_ones_at_home_and_by_the_api(lecons):
    for page in ("/", "/api/v1/enseignements/", "/api/v1/tests/"):
        html = Client().get(page).content.decode()
        assert {q for q in lecons if f"Zébrure {q}" in html} == {"publiee", "recit"}, page
    assert Enseignement.objects.publics().count() == 2
