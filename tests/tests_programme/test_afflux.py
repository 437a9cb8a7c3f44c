"""Many answers at once: a shared computer is welcome, a flood waits, nothing that was accepted is lost."""

import time
import uuid

import pytest
from django.core.cache import cache
from django.test import Client

from config import debit as debit_commun
from tests.tests_programme.questionnaires import repondre, un_questionnaire
from tests_programme import debit
from tests_programme.models import Reponse


@pytest.fixture
def questionnaire(en_etat):
    return un_questionnaire(en_etat("en_cours"), jeu="")


def test_twenty_people_answer_from_one_library_computer(questionnaire):
    client = Client(REMOTE_ADDR="198.51.100.7")
    for n in range(20):
        assert repondre(questionnaire, client, mots=f"Personne {n}").status_code == 302
    assert Reponse.objects.count() == 20


def test_five_hundred_answers_in_a_minute_from_one_address(questionnaire):
    client, version = Client(REMOTE_ADDR="198.51.100.7"), questionnaire.version()
    recues = attendent = 0
    debut = time.monotonic()
    for n in range(500):
        champs = {"version": version, "envoi": str(uuid.uuid4()), "mots": f"Les mots {n}."}
        reponse = client.post(questionnaire.get_absolute_url(), champs)
        if reponse.status_code == 302:
            recues += 1
            continue
        attendent += 1
        texte = reponse.content.decode()
        assert reponse.status_code == 429
        assert reponse["Retry-After"] == "60"
        assert "Attendez 1 minute," in texte
        assert f"Les mots {n}." in texte
        assert champs["envoi"] in texte
    limite = dict(debit.PAR_ADRESSE)[debit.MINUTE]
    minutes = 1 + int(time.monotonic() - debut) // 60  # one, unless the machine is busy elsewhere
    assert limite <= recues <= limite * minutes
    assert recues == Reponse.objects.count() == 500 - attendent
    # Another address is not held up by it.
    ailleurs = Client(REMOTE_ADDR="203.0.113.9")
    assert repondre(questionnaire, ailleurs, mots="D'ailleurs.").status_code == 302


def test_what_waited_is_accepted_when_sent_again_later(questionnaire):
    client = Client(REMOTE_ADDR="198.51.100.7")
    champs = {"mots": "Je patiente.", "envoi": str(uuid.uuid4())}
    for n in range(dict(debit.PAR_ADRESSE)[debit.MINUTE]):
        repondre(questionnaire, client, mots=f"Avant {n}")
    assert repondre(questionnaire, client, **champs).status_code == 429
    cache.clear()  # a minute has passed
    assert repondre(questionnaire, client, **champs).status_code == 302
    assert Reponse.objects.filter(voix__texte="Je patiente.").count() == 1


def test_many_addresses_at_once_also_wait(questionnaire, monkeypatch):
    monkeypatch.setattr(debit, "PAR_QUESTIONNAIRE", ((debit.MINUTE, 3),))
    statuts = [
        repondre(questionnaire, Client(REMOTE_ADDR=f"203.0.113.{n}"), mots="Oui.").status_code
        for n in range(5)
    ]
    assert statuts == [302, 302, 302, 429, 429]


def test_a_flood_on_one_questionnaire_leaves_the_others_alone(questionnaire, en_etat, monkeypatch):
    monkeypatch.setattr(debit, "PAR_ADRESSE", ((debit.MINUTE, 1),))
    autre = un_questionnaire(en_etat("en_cours"), jeu="")
    client = Client(REMOTE_ADDR="198.51.100.7")
    assert [repondre(q, client, mots="a").status_code for q in (questionnaire, autre)] == [302, 302]
    assert repondre(questionnaire, client, mots="b").status_code == 429


def test_an_ipv6_subscriber_is_one_address(questionnaire, monkeypatch):
    monkeypatch.setattr(debit, "PAR_ADRESSE", ((debit.MINUTE, 1),))
    statuts = [
        repondre(questionnaire, Client(REMOTE_ADDR=ip), mots="a").status_code
        for ip in ("2001:db8:1:2::3", "2001:db8:1:2:ffff::9", "2001:db8:1:3::3")
    ]
    assert statuts == [302, 429, 302]


def test_the_cache_holds_no_address_that_can_be_read(questionnaire, monkeypatch):
    cles = []
    monkeypatch.setattr(debit_commun, "_compter", lambda cle, duree: cles.append(cle) or 1)
    repondre(questionnaire, Client(REMOTE_ADDR="198.51.100.7"), mots="Oui.")
    assert cles
    assert "198.51" not in " ".join(cles)


def test_without_redis_people_still_answer(questionnaire, settings):
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "unix:///nulle/part.sock?db=1"}
    }
    for n in range(3):
        assert repondre(questionnaire, mots=f"Sans cache {n}").status_code == 302
    assert Reponse.objects.count() == 3
