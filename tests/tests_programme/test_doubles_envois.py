"""Two clicks are one wish: the same form sent twice, the same button pressed twice."""

import threading

import pytest
from django.db import connection
from django.urls import reverse, reverse_lazy

from tests.conftest import client_de
from tests.fabriques import (
    OrganisationFactory,
    PisteFactory,
    TestFactory,
    un_membre,
    un_test_evalue,
)
from tests_programme import filiation
from tests_programme.models import EntreeJournal, Test

NOUVEAU = reverse_lazy("tests_programme:nouveau")


@pytest.fixture
def client(agent_a):
    return client_de(agent_a)


@pytest.fixture
def saisie(client, organisation_a):
    """The first step, filled."""
    return {
        "jeton": client.get(NOUVEAU).context["jeton"],
        "titre": "Un coup de fil",
        "organisation": organisation_a.pk,
        "piste": PisteFactory().pk,
        "visibilite": "public",
    }


def test_the_same_first_step_sent_twice_makes_one_test(client, saisie):
    un, deux = client.post(NOUVEAU, saisie), client.post(NOUVEAU, saisie)
    assert (un.status_code, un.url) == (302, deux.url)
    assert Test.objects.get().journal.count() == 1


def test_the_token_is_in_the_form_and_kept_through_errors(client, saisie):
    refus = client.post(NOUVEAU, saisie | {"titre": ""})
    assert refus.status_code == 422
    assert f'name="jeton" value="{saisie["jeton"]}"' in refus.content.decode()


def test_two_forms_opened_apart_make_two_tests(client, saisie):
    autre = client.get(NOUVEAU).context["jeton"]
    client.post(NOUVEAU, saisie)
    client.post(NOUVEAU, saisie | {"jeton": autre})
    assert Test.objects.count() == 2


def test_going_back_and_writing_something_else_loses_nothing(client, saisie):
    client.post(NOUVEAU, saisie)
    client.post(NOUVEAU, saisie | {"titre": "Deux coups de fil"})
    assert set(Test.objects.values_list("titre", flat=True)) == {
        "Un coup de fil",
        "Deux coups de fil",
    }


@pytest.mark.parametrize("jeton", ["", "x", "\x00", "é" * 500])
def test_a_form_without_a_good_token_works_as_before(client, saisie, jeton):
    for _ in range(2):
        assert client.post(NOUVEAU, saisie | {"jeton": jeton}).status_code == 302
    assert Test.objects.count() == 2


def test_the_token_of_one_person_says_nothing_of_anothers(client, saisie, referent_a):
    client.post(NOUVEAU, saisie)
    client_de(referent_a).post(NOUVEAU, saisie)
    assert Test.objects.count() == 2


def test_iterer_twice_is_one_next_test_until_it_starts(client, en_etat, referent_a):
    test = en_etat("evalue")
    adresse = reverse("tests_programme:iterer", args=[test.pk])
    un, deux = client.post(adresse), client.post(adresse)
    assert un.url == deux.url
    suivant = Test.objects.get(issu_de=test)
    assert suivant.journal.count() == 1
    assert client_de(referent_a).post(adresse).url != un.url  # a colleague's own wish
    suivant.renoncer(par=suivant.cree_par, motif="Autrement.")
    assert client.post(adresse).url != un.url


def test_s_inspirer_twice_is_one_draft_an_organisation(en_etat, organisation_b, agent_b):
    test = en_etat("evalue")
    adresse = reverse("tests_programme:s_inspirer", args=[test.pk])
    autre = OrganisationFactory()
    autre.adhesions.create(utilisateur=agent_b, etat="active")
    client = client_de(agent_b)
    un, deux, ailleurs = (
        client.post(adresse, {"organisation": organisation.pk})
        for organisation in (organisation_b, organisation_b, autre)
    )
    assert un.url == deux.url != ailleurs.url
    assert Test.objects.filter(issu_de=test).count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("geste", ["ouvrir", "iterer", "s_inspirer"])
def test_two_clicks_at_the_same_instant_are_one(geste):
    organisation = OrganisationFactory()
    par = un_membre(organisation)
    source = TestFactory() if geste == "ouvrir" else un_test_evalue(organisation=organisation)
    chez, depart = OrganisationFactory(), threading.Barrier(2)
    chez.adhesions.create(utilisateur=par, etat="active")

    def cliquer() -> None:
        depart.wait()
        try:
            if geste == "ouvrir":
                Test.ouvrir(
                    par=par,
                    empreinte_envoi="e" * 64,
                    titre="Ensemble",
                    organisation=organisation,
                    piste=source.piste,
                )
            elif geste == "iterer":
                Test.objects.get(pk=source.pk).iterer(par=par)
            else:
                filiation.s_inspirer(Test.objects.get(pk=source.pk), organisation=chez, par=par)
        finally:
            connection.close()

    avant = Test.objects.count()
    clics = [threading.Thread(target=cliquer) for _ in range(2)]
    for clic in clics:
        clic.start()
    for clic in clics:
        clic.join(timeout=20)
    assert Test.objects.count() == avant + 1
    assert EntreeJournal.objects.filter(action="creer").count() == 1
