"""The shipped enquête, and people who read it."""

import pytest

from comptes.models import Utilisateur
from reflexes import corpus_enquete
from reflexes.models import TerrainFige


@pytest.fixture
def enquete_livree(db):
    corpus_enquete.charger(corpus_enquete.lire())


@pytest.fixture
def curatrice(db):
    return Utilisateur.objects.create_user("curatrice@exemple.fr", role=Utilisateur.Role.CURATEUR)


@pytest.fixture
def administratrice(db):
    return Utilisateur.objects.create_user(
        "administratrice@exemple.fr", role=Utilisateur.Role.ADMINISTRATEUR
    )


@pytest.fixture
def agente(db):
    return Utilisateur.objects.create_user("agente@exemple.fr")


@pytest.fixture
def compter_requetes(client, django_assert_max_num_queries):
    def compter(adresse):
        client.get(adresse)  # caches of the process (content types, …) are warm from here
        with django_assert_max_num_queries(1000) as requetes:
            assert client.get(adresse).status_code == 200
        return len(requetes)

    return compter


@pytest.fixture
def fige(enquete_livree):
    """Terrain 1.1 of the shipped enquête, as its latest version says it."""
    return TerrainFige.objects.select_related("version__enquete", "controverse").get(
        version__code="CARNET", numero="1.1"
    )


@pytest.fixture
def enquete(fige, organisation_a):
    """The shipped enquête; organisation A takes part."""
    fige.version.enquete.organisations.add(organisation_a)
    return fige.version.enquete
