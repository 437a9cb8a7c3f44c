"""The demonstration accounts."""

import pytest

from comptes.demonstration import creer_comptes
from comptes.models import Adhesion, Utilisateur
from tests.conftest import client_de
from tests.fabriques import MOT_DE_PASSE

pytestmark = pytest.mark.django_db


def test_each_account_can_sign_in_and_has_its_role():
    comptes = creer_comptes(MOT_DE_PASSE)
    assert len(comptes) == 7
    for email, mots in comptes:
        assert email.endswith("@example.org")
        assert mots
        client = client_de(None)
        reponse = client.post("/compte/login/", {"login": email, "password": MOT_DE_PASSE})
        assert reponse.url == "/mon-espace/"
    assert Utilisateur.objects.get(email="administrateur@example.org").est_administrateur
    assert Adhesion.objects.referents().get().organisation.cle == "montessai"


def test_a_second_time_nothing_is_undone():
    creer_comptes(MOT_DE_PASSE)
    Utilisateur.objects.filter(email="curateur@example.org").update(nom="Renommée")
    creer_comptes("un autre mot de passe")
    assert Utilisateur.objects.count() == 7
    assert Utilisateur.objects.get(email="curateur@example.org").nom == "Renommée"
    assert Utilisateur.objects.get(email="curateur@example.org").check_password(MOT_DE_PASSE)
