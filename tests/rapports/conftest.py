"""The administrateur's client."""

import pytest
from django.test import Client

from comptes.models import Utilisateur
from tests.conftest import client_de


@pytest.fixture
def client_admin(administrateur: Utilisateur) -> Client:
    return client_de(administrateur)
