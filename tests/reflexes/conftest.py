"""The shipped enquête, and people who read it."""

import pytest

from comptes.models import Utilisateur
from reflexes import corpus_enquete


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
