"""The hypothesis: a sentence to complete or free words, and nothing lost between the two."""

import pytest

from tests.conftest import client_de
from tests.fabriques import TestFactory
from tests.tests_programme.test_preparation import adresse, envoyer
from tests_programme.hypothese import composer, pieces_manquantes

PHRASE = {
    "nous": "appelons avant de relancer",
    "avec": "deux agentes de l'accueil",
    "pendant": "six semaines",
    "alors": "deux dossiers sur trois se complètent",
    "parce_que": "une voix rassure",
}


@pytest.fixture
def brouillon(agent_a, organisation_a):
    return TestFactory(organisation=organisation_a)


@pytest.fixture
def client(agent_a):
    return client_de(agent_a)


def test_the_pieces_make_one_sentence():
    assert composer(PHRASE) == (
        "Si nous appelons avant de relancer avec deux agentes de l'accueil pendant six semaines, "
        "alors deux dossiers sur trois se complètent, parce qu'une voix rassure."
    )


@pytest.mark.parametrize(
    ("pieces", "phrase"),
    [
        ({}, ""),
        ({"nous": "  "}, ""),
        ({"nous": "Si nous appelons.", "alors": "Alors ça va,"}, "Si nous appelons, alors ça va."),
        ({"nous": "appelons"}, "Si nous appelons, alors …"),
        ({"alors": "ça va", "parce_que": "parce qu'on parle"}, "Si nous …, alors ça va, parce qu'on parle."),
        ({"nous": "a", "alors": "b", "parce_que": "le temps"}, "Si nous a, alors b, parce que le temps."),
    ],
)  # fmt: skip
def test_what_is_missing_or_said_twice_is_handled(pieces, phrase):
    assert composer(pieces) == phrase


def test_a_sentence_is_composed_and_can_be_taken_up_again(client, brouillon):
    assert envoyer(client, brouillon, "hypothese", choix="phrase", **PHRASE).status_code == 302
    brouillon.refresh_from_db()
    assert brouillon.hypothese == composer(PHRASE)
    html = client.get(adresse(brouillon, "hypothese")).content.decode()
    assert 'value="six semaines"' in html


def test_going_from_one_way_to_the_other_loses_nothing(client, brouillon):
    mots = "Appeler suffit."
    envoyer(client, brouillon, "hypothese", choix="libre", hypothese=mots, **PHRASE)
    brouillon.refresh_from_db()
    assert brouillon.hypothese == mots
    envoyer(client, brouillon, "hypothese", choix="phrase", hypothese=mots, **PHRASE)
    brouillon.refresh_from_db()
    assert brouillon.hypothese == composer(PHRASE)
    form = client.get(adresse(brouillon, "hypothese")).context["form"]
    assert form["hypothese"].value() == mots
    assert form["choix"].value() == "phrase"
    assert form["nous"].value() == PHRASE["nous"]


@pytest.mark.parametrize(
    ("envoi", "attendue"),
    [
        ({"choix": "phrase", "hypothese": "Mes mots."}, "Mes mots."),
        ({"choix": "libre", "nous": "a", "alors": "b"}, "Si nous a, alors b."),
        ({"hypothese": "Mes mots."}, "Mes mots."),
        ({"nous": "a", "alors": "b"}, "Si nous a, alors b."),
    ],
)
def test_the_way_that_says_something_is_the_one_taken(client, brouillon, envoi, attendue):
    envoyer(client, brouillon, "hypothese", **envoi)
    brouillon.refresh_from_db()
    assert brouillon.hypothese == attendue


def test_an_incomplete_sentence_waits_as_a_draft_and_stops_the_start(client, brouillon):
    envoyer(client, brouillon, "hypothese", choix="phrase", nous="appelons")
    brouillon.refresh_from_db()
    assert pieces_manquantes(brouillon.cadre_hypothese)
    messages = [manque.message for manque in brouillon.manques_pour_demarrer()]
    assert sum("Complétez la phrase" in message for message in messages) == 1


def test_an_error_keeps_both_ways_on_the_page(client, brouillon):
    reponse = envoyer(
        client, brouillon, "hypothese", choix="phrase", hypothese="Mes mots.", nous="x" * 301
    )
    html = reponse.content.decode()
    assert reponse.status_code == 422
    assert "Mes mots." in html
    assert "x" * 301 in html
    brouillon.refresh_from_db()
    assert (brouillon.hypothese, brouillon.cadre_hypothese) == ("", {})


def test_hostile_words_stay_words(client, brouillon):
    envoyer(client, brouillon, "hypothese", choix="phrase", nous="<b>appelons", alors="a" * 300)
    html = client.get(brouillon.get_absolute_url()).content.decode()
    assert "&lt;b&gt;appelons" in html
    assert "<b>appelons" not in html
    nul = envoyer(client, brouillon, "hypothese", choix="phrase", nous="a\x00b", alors="b")
    assert nul.status_code == 422
