"""The five rules as a check list: in sight on every step, each missing thing leading to where it is filled."""

import pytest
from django.urls import reverse

from tests.fabriques import TestFactory
from tests_programme.etapes import ETAPES
from tests_programme.manques import manques_pour_demarrer
from tests_programme.regles import regles


def adresse(test, etape):
    return reverse("tests_programme:etape", args=[test.pk, etape])


@pytest.fixture
def brouillon(organisation_a, agent_a):
    return TestFactory(organisation=organisation_a)


@pytest.mark.parametrize("etape", [etape.cle for etape in ETAPES])
def test_they_are_on_every_step_with_what_is_missing(brouillon, clients, etape):
    html = clients["agent_a"].get(adresse(brouillon, etape)).content.decode()
    assert "Les cinq règles d'un test" in html
    for cle in ("hypothese", "limites", "observation", "parties"):
        assert f'href="{adresse(brouillon, cle)}"' in html.partition('id="regles"')[2]


def test_they_are_on_the_page_of_a_draft_and_go_with_the_start(en_etat, clients):
    pret, en_cours = en_etat("pret"), en_etat("en_cours")
    html = clients["agent_a"].get(pret.get_absolute_url()).content.decode()
    assert html.count("c'est fait") == 5
    for client, test in [(clients["agent_a"], en_cours), (clients["curateur"], pret)]:
        assert "Les cinq règles" not in client.get(test.get_absolute_url()).content.decode()


def test_they_are_there_before_the_test_exists(clients):
    html = clients["agent_a"].get(reverse("tests_programme:nouveau")).content.decode()
    assert "Les cinq règles d'un test" in html
    assert "c'est fait" not in html


def test_every_missing_thing_belongs_to_a_rule(brouillon):
    manques = manques_pour_demarrer(brouillon)
    assert all(manque.regle in range(1, 6) for manque in manques)
    assert sum(len(regle.manques) for regle in regles(brouillon)) == len(manques)
    assert [regle.est_remplie for regle in regles(brouillon)] == [False] * 5


def test_a_missing_accord_is_of_the_fifth_rule(en_etat):
    test = en_etat("pret")
    assert all(regle.est_remplie for regle in regles(test))
    test.titre = "Un autre"
    test.save(update_fields=["titre"])
    assert [regle.numero for regle in regles(test) if not regle.est_remplie] == [5]


@pytest.mark.parametrize("nombre", [1, 6, 30])
def test_they_cost_the_same_whatever_the_number_of_parties(
    brouillon, django_assert_max_num_queries, nombre
):
    for n in range(nombre):
        brouillon.parties.create(role="usager", fonction=f"u{n}", email=f"u{n}@example.org")
        brouillon.criteres.create(libelle=f"c{n}")
    with django_assert_max_num_queries(8):
        regles(brouillon)


def test_what_changes_is_asked_of_a_test_that_follows_one_of_its_own(en_etat, clients, agent_a):
    premier = en_etat("en_cours")
    suite = premier.iterer(par=agent_a)
    messages = [manque.message for manque in manques_pour_demarrer(suite)]
    assert "Nommez la chose qui change par rapport au test précédent." in messages
    page = clients["agent_a"].get(adresse(suite, "essentiel"))
    assert "changement" in page.context["form"].fields
    suite.changement = "L'heure des appels."
    suite.save(update_fields=["changement"])
    html = clients["agent_a"].get(suite.get_absolute_url()).content.decode().replace("&#x27;", "'")
    assert "L'heure des appels." in html


def test_nothing_changes_in_a_first_test(brouillon, clients):
    page = clients["agent_a"].get(adresse(brouillon, "essentiel"))
    assert "changement" not in page.context["form"].fields
