"""Managers and whoever welcomes read, take away and erase what is held on them, by the link of their accord."""

import json

import pytest
from django.urls import reverse

from engagement.models import AccordMission, Ligne, Personne
from tests.fabriques_engagement import une_mise_en_relation_en_accords

pytestmark = pytest.mark.django_db


@pytest.fixture
def accord():
    mise = une_mise_en_relation_en_accords()
    mise.personne.manager_nom = "Responsable Unique"
    mise.personne.save()
    return mise.accords.get(cote="manager")


def page(accord):
    return reverse("engagement:donnees_d_un_tiers", args=[accord.jeton])


def test_a_manager_reads_and_takes_away_what_is_held_on_them(client, accord):
    assert "Responsable Unique" in client.get(page(accord)).content.decode()
    fichier = client.get(page(accord), {"fichier": "1"}).content.decode()
    tout = json.loads(fichier)
    assert tout["adresse e-mail"] == accord.email
    assert tout["accords demandés"][0]["texte"] == accord.texte
    assert accord.mise_en_relation.personne.telephone not in fichier


def test_a_manager_is_forgotten_once_nothing_waits_for_them(client, accord):
    assert client.post(page(accord)).status_code == 409
    assert Personne.objects.filter(manager_nom="Responsable Unique").exists()
    accord.mise_en_relation.decliner(cote="personne")
    assert client.post(page(accord)).status_code == 200
    assert not Personne.objects.filter(manager_nom="Responsable Unique").exists()
    assert not AccordMission.objects.filter(email=accord.email).exists()
    assert "Plus rien" in client.get(page(accord)).content.decode()
    assert client.post(page(accord)).status_code == 200  # a second click
    assert Ligne.objects.filter(action="effacer_un_tiers").exists()


@pytest.mark.parametrize("jeton", ["x", "a:b:c", "é"])
def test_a_damaged_link_opens_nothing(client, db, jeton):
    reponse = client.get(reverse("engagement:donnees_d_un_tiers", args=[jeton]))
    assert reponse.status_code == 404
