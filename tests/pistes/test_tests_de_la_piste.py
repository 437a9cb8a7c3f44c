"""What was tried from a piste: only what this reader may see, with its state of today."""

import datetime as dt

import pytest
from django.utils import timezone

from comptes.models import Adhesion, Organisation
from tests_programme.models import Enseignement, Programme, Test


@pytest.fixture
def organisation(db):
    return Organisation.objects.create(nom="Ville d'essai", type=Organisation.Type.COMMUNE)


def _test(catalogue, organisation, titre, **champs):
    il_y_a_un_mois = timezone.now() - dt.timedelta(days=30)
    return Test.objects.create(
        **{
            "titre": titre,
            "organisation": organisation,
            "piste": catalogue.une.piste,
            "etat": "en_cours",
            "demarre_le": il_y_a_un_mois,
            "date_peremption": timezone.now().date() + dt.timedelta(days=30),
            **champs,
        }
    )


def _enseignement(test, texte):
    return Enseignement.objects.create(test=test, piste=test.piste, type="condition", texte=texte)


def _page(client, catalogue):
    return client.get(catalogue.une.get_absolute_url()).content.decode()


def test_a_piste_names_its_public_tests_with_their_state_and_its_programmes(
    client, catalogue, organisation
):
    _test(catalogue, organisation, "Essai public")
    programme = Programme.objects.create(cle="p", titre="Programme 2022", debut="2022-01-01")
    programme.pistes.add(catalogue.une.piste)
    page = _page(client, catalogue)
    assert "Essai public" in page
    assert "En test" in page
    assert "Programme 2022" in page


def test_a_test_past_its_date_is_shown_as_over_without_a_worker(client, catalogue, organisation):
    hier = timezone.now().date() - dt.timedelta(days=2)
    _test(catalogue, organisation, "Essai fini", date_peremption=hier)
    assert "etat-a_evaluer" in _page(client, catalogue)


def test_private_tests_and_their_lessons_are_for_their_organisation(
    client, catalogue, organisation, agente
):
    test = _test(catalogue, organisation, "Essai privé", visibilite="prive", etat="evalue")
    _enseignement(test, "Une leçon privée")
    brouillon = {"etat": "preparation", "demarre_le": None, "date_peremption": None}
    _test(catalogue, organisation, "Essai en préparation", **brouillon)
    for mots in ("Essai privé", "Une leçon privée", "Essai en préparation"):
        assert mots not in _page(client, catalogue)
    Adhesion.objects.create(utilisateur=agente, organisation=organisation, etat="active")
    client.force_login(agente)
    for mots in ("Essai privé", "Une leçon privée", "Essai en préparation"):
        assert mots in _page(client, catalogue)


def test_lessons_show_once_the_evaluation_is_published(client, catalogue, organisation):
    en_cours = _test(catalogue, organisation, "Essai en cours")
    _enseignement(en_cours, "Une leçon encore en brouillon")
    evalue = _test(catalogue, organisation, "Essai évalué", etat="evalue")
    _enseignement(evalue, "Une leçon tirée")
    page = _page(client, catalogue)
    assert "Une leçon tirée" in page
    assert "encore en brouillon" not in page


def test_many_tests_cost_no_more_queries(client, catalogue, organisation, compter_requetes):
    def peupler(nombre):
        for n in range(nombre):
            _enseignement(_test(catalogue, organisation, f"Essai {n}", etat="evalue"), "Leçon")

    peupler(3)
    peu = compter_requetes(catalogue.une.get_absolute_url())
    peupler(30)
    assert compter_requetes(catalogue.une.get_absolute_url()) == peu
