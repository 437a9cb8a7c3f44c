"""A test speaks for a pole of the controverses its piste answers."""

import pytest
from django.urls import reverse

from reflexes.poids import peser
from tests.fabriques import PisteFactory, VersionFactory, un_test_demarre, un_test_evalue
from tests_programme.models import Appui


@pytest.fixture
def terrain(db):
    version = VersionFactory(publiee=1)
    return version.terrains.get().terrain


@pytest.fixture
def piste(terrain):
    piste = PisteFactory()
    piste.terrains.add(terrain)
    return piste


def adresse(test):
    return reverse("tests_programme:appuis", args=[test.pk])


def test_an_evaluated_public_test_shifts_the_weight_and_may_take_it_back(
    piste, terrain, organisation_a, clients
):
    test = un_test_evalue(organisation=organisation_a, piste=piste)
    champ = f"terrain_{terrain.pk}"
    assert clients["agent_a"].post(adresse(test), {champ: "b"}).status_code == 302
    assert clients["agent_a"].post(adresse(test), {champ: "b"}).status_code == 302  # said twice
    poids = peser([terrain.pk])[terrain.pk]
    assert (poids.a, poids.b) == (0, 1)
    assert poids.de("tests")["b"] == 1
    page = clients["visiteur"].get(terrain.figes.get().controverse.get_absolute_url())
    assert "tests évalués" in page.content.decode()

    clients["agent_a"].post(adresse(test), {champ: ""})
    assert not Appui.objects.exists()


def test_a_private_test_and_one_not_evaluated_weigh_nothing(piste, terrain, organisation_a):
    for test in (
        un_test_evalue(organisation=organisation_a, piste=piste, visibilite="prive"),
        un_test_demarre(organisation=organisation_a, piste=piste),
    ):
        Appui.objects.create(test=test, terrain=terrain, pole="a")
    assert peser([terrain.pk])[terrain.pk].total == 0


def test_a_running_test_says_nothing_yet_and_a_false_pole_is_refused(
    piste, terrain, organisation_a, clients
):
    en_cours = un_test_demarre(organisation=organisation_a, piste=piste)
    assert clients["agent_a"].get(adresse(en_cours)).status_code == 404
    test = un_test_evalue(organisation=organisation_a, piste=piste)
    reponse = clients["agent_a"].post(adresse(test), {f"terrain_{terrain.pk}": "nord"})
    assert reponse.status_code == 422
    assert not Appui.objects.exists()


def test_a_test_whose_piste_answers_no_terrain_is_told_so(organisation_a, clients):
    test = un_test_evalue(organisation=organisation_a)
    assert "aucun terrain" in clients["agent_a"].get(adresse(test)).content.decode()


def test_a_terrain_the_piste_answers_no_more_weighs_nothing(piste, terrain, organisation_a):
    test = un_test_evalue(organisation=organisation_a, piste=piste)
    Appui.objects.create(test=test, terrain=terrain, pole="a")
    assert peser([terrain.pk])[terrain.pk].a == 1
    piste.terrains.remove(terrain)
    assert peser([terrain.pk])[terrain.pk].total == 0


def test_a_form_opened_before_a_terrain_was_tied_does_not_unsay_it(
    piste, terrain, organisation_a, clients
):
    test = un_test_evalue(organisation=organisation_a, piste=piste)
    Appui.objects.create(test=test, terrain=terrain, pole="a")
    assert clients["agent_a"].post(adresse(test), {}).status_code == 302
    assert Appui.objects.get().pole == "a"


def test_only_the_team_says_it(piste, terrain, organisation_a, clients):
    test = un_test_evalue(organisation=organisation_a, piste=piste)
    prive = un_test_evalue(organisation=organisation_a, piste=piste, visibilite="prive")
    dit = {f"terrain_{terrain.pk}": "a"}
    assert clients["agent_b"].post(adresse(test), dit).status_code == 403
    assert clients["agent_b"].get(adresse(prive)).status_code == 404
    assert clients["visiteur"].post(adresse(test), dit).status_code == 302
    assert not Appui.objects.exists()
