"""The home page."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.fabriques import (
    OrientationFactory,
    PisteFactory,
    VersionFactory,
    un_test_demarre,
    un_test_evalue,
    un_test_pret,
)

pytestmark = pytest.mark.django_db


def page(client=None):
    reponse = (client or Client()).get("/")
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_an_empty_platform_has_a_home_that_leads_somewhere():
    vide = page()
    assert "mises à l'épreuve" in vide
    assert "Aucun test public ne tourne" in vide
    assert "Créer un compte" in vide


def test_the_controverses_of_the_latest_version_show_their_poles():
    VersionFactory(publiee=6)
    assert page().count("repli sur soi") == 6
    assert "Six controverses" in page()


def test_running_public_tests_are_there_and_nothing_else():
    un_test_demarre(titre="Essai ouvert")
    un_test_demarre(titre="Essai discret", visibilite="prive")
    un_test_pret(titre="Essai à venir")
    accueil = page()
    assert "Essai ouvert" in accueil
    assert "Essai discret" not in accueil
    assert "Essai à venir" not in accueil


def test_lessons_are_those_of_published_public_evaluations():
    un_test_evalue(titre="Fini et public")
    un_test_evalue(titre="Fini et privé", visibilite="prive")
    en_cours = un_test_demarre()
    en_cours.enseignements.create(
        piste=en_cours.piste, type="obstacle", texte="Encore un brouillon."
    )
    accueil = page()
    assert "Fini et public" in accueil
    assert "Appeler avant onze heures" in accueil
    assert "Fini et privé" not in accueil
    assert "Encore un brouillon" not in accueil


def test_orientations_count_their_published_pistes():
    orientation = OrientationFactory(mot_cle="Communs")
    PisteFactory(recueil=orientation.recueil, orientation=orientation)
    PisteFactory(recueil=orientation.recueil, orientation=orientation)
    PisteFactory(recueil=orientation.recueil, orientation=orientation, publiee=False)
    assert "#Communs" in page()
    assert "2 pistes" in page()


def test_somebody_signed_in_is_led_to_their_space(clients):
    assert "Aller à mon espace" in page(clients["agent_a"])


def test_more_of_everything_makes_no_more_queries():
    def compter():
        with CaptureQueriesContext(connection) as requetes:
            page()
        return len(requetes)

    def remplir():
        un_test_demarre()
        un_test_evalue()
        orientation = OrientationFactory()
        PisteFactory(recueil=orientation.recueil, orientation=orientation)

    VersionFactory(publiee=6)
    remplir()
    avant = compter()
    for _ in range(5):
        remplir()
    assert compter() == avant


@pytest.mark.parametrize(
    ("adresse", "mots"),
    [
        ("/accessibilite/", "RGAA"),
        ("/donnees-personnelles/", "12 mois après le départ"),
        ("/mentions-legales/", "CC BY 4.0"),
        ("/mentions-legales/", "Licence Ouverte 2.0"),
    ],
)
def test_the_pages_the_law_asks_for(adresse, mots):
    reponse = Client().get(adresse)
    assert reponse.status_code == 200
    assert mots in reponse.content.decode()
