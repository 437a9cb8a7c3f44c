"""The matrice de l'initiative: placed by the team, drawn with its table."""

import pytest
from django.urls import reverse

from tests.conftest import client_de
from tests.fabriques import PisteFactory, TestFactory
from tests_programme.matrice import matrice
from tests_programme.models.cadre import PISTE_DES_INITIATIVES


@pytest.fixture
def initiative(organisation_a, agent_a):
    return TestFactory(
        organisation=organisation_a, piste=PisteFactory(cle=PISTE_DES_INITIATIVES), titre="À soi"
    )


def adresse(test):
    return reverse("tests_programme:matrice", args=[test.pk])


def placer(client, test, engagement, accompagnement):
    return client.post(adresse(test), {"engagement": engagement, "accompagnement": accompagnement})


def test_the_team_places_its_test_and_everybody_reads_it(initiative, clients):
    assert placer(clients["agent_a"], initiative, 4, 2).status_code == 302
    html = clients["agent_a"].get(initiative.get_absolute_url()).content.decode()
    assert "4. Une idée menée à plusieurs" in html
    assert "2. Un·e responsable au courant" in html
    assert 'role="img"' in html


def test_it_can_be_moved_and_taken_out(initiative, clients):
    for x, y in [(1, 1), (5, 5), ("", "")]:
        placer(clients["agent_a"], initiative, x, y)
    initiative.refresh_from_db()
    assert not initiative.est_place


@pytest.mark.parametrize(("x", "y"), [(3, ""), ("", 3), (6, 1), (0, 1), ("a", "b"), ("\x00", 1)])
def test_half_a_place_is_none(initiative, clients, x, y):
    assert placer(clients["agent_a"], initiative, x, y).status_code == 422
    initiative.refresh_from_db()
    assert not initiative.est_place


def test_only_a_portage_d_initiatives_has_a_place(organisation_a, agent_a):
    autre = TestFactory(organisation=organisation_a)
    client = client_de(agent_a)
    assert client.get(adresse(autre)).status_code == 404
    assert "matrice" not in client.get(autre.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("etat", "dit"), [("abandonne", "est terminé"), ("evalue", "est terminé")])
def test_once_its_life_is_over_it_stays_where_it_is(en_etat, clients, etat, dit):
    test = en_etat(etat, piste=PisteFactory(cle=PISTE_DES_INITIATIVES))
    reponse = clients["agent_a"].post(
        adresse(test), {"engagement": 1, "accompagnement": 1}, follow=True
    )
    assert dit in reponse.content.decode()
    test.refresh_from_db()
    assert not test.est_place


def test_the_drawing_and_the_table_say_the_same_of_many(db):
    piste = PisteFactory(cle=PISTE_DES_INITIATIVES)
    tests = [
        TestFactory(piste=piste, degre_engagement=1 + n % 5, degre_accompagnement=3)
        for n in range(7)
    ]
    dessin = matrice([*tests, TestFactory(piste=piste)])
    assert [place.numero for place in dessin.places] == list(range(1, 8))
    assert sorted(case.texte for case in dessin.pleines) == ["1, 6", "2, 7", "3", "4", "5"]
    assert len(dessin.cases) == 25


def test_a_crowded_square_says_how_many(db):
    tests = [TestFactory.build(degre_engagement=2, degre_accompagnement=2) for _ in range(5)]
    assert [case.texte for case in matrice(tests).pleines] == ["5 tests"]
