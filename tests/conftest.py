"""The fixed cast of every test, and a cache of its own for each test process."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from comptes.models import Organisation, Utilisateur
from config.cache import base_suivante
from tests.fabriques import OrganisationFactory, UtilisateurFactory, un_membre

ROLES = ["visiteur", "habitant", "agent_a", "referent_a", "agent_b", "curateur", "administrateur"]


@pytest.fixture(autouse=True)
def _cache_a_part(settings: Any) -> Iterator[None]:
    """Test processes share one Redis: each has a base of its own, since clearing a cache empties its base.

    A new prefix each test makes it empty at the start.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    adresse = settings.CACHES["default"]["LOCATION"]
    for _ in range(int(worker.removeprefix("gw"))):
        adresse = base_suivante(adresse)
    a_part = {"LOCATION": adresse, "KEY_PREFIX": os.urandom(4).hex()}
    settings.CACHES = {"default": {**settings.CACHES["default"], **a_part}}
    yield
    cache.close()


@pytest.fixture(autouse=True)
def _courriers_a_part(settings: Any, tmp_path: Any) -> None:
    """Mails of a test stay with the test, and the queue of Celery is not the one of a running site."""
    settings.DOSSIER_COURRIERS = tmp_path / "courriers"


@pytest.fixture(autouse=True)
def _fichiers_a_part(settings: Any, tmp_path: Any) -> None:
    """Files of a test stay with the test."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"


@pytest.fixture
def organisation_a(db: None) -> Organisation:
    return OrganisationFactory(nom="Ville de l'Est")


@pytest.fixture
def organisation_b(db: None) -> Organisation:
    return OrganisationFactory(nom="Ville de l'Ouest")


@pytest.fixture
def habitant(db: None) -> Utilisateur:
    return UtilisateurFactory(email="habitant@example.org", nom="Habitante")


@pytest.fixture
def agent_a(organisation_a: Organisation) -> Utilisateur:
    return un_membre(organisation_a)


@pytest.fixture
def referent_a(organisation_a: Organisation) -> Utilisateur:
    return un_membre(organisation_a, "referent")


@pytest.fixture
def agent_b(organisation_b: Organisation) -> Utilisateur:
    return un_membre(organisation_b)


@pytest.fixture
def curateur(db: None) -> Utilisateur:
    return UtilisateurFactory(email="curateur@example.org", role="curateur")


@pytest.fixture
def administrateur(db: None) -> Utilisateur:
    return UtilisateurFactory(email="administrateur@example.org", role="administrateur")


@pytest.fixture
def personnes(
    habitant: Utilisateur,
    agent_a: Utilisateur,
    referent_a: Utilisateur,
    agent_b: Utilisateur,
    curateur: Utilisateur,
    administrateur: Utilisateur,
) -> dict[str, Utilisateur | None]:
    """The cast by role; the visitor is nobody."""
    return {
        "visiteur": None,
        "habitant": habitant,
        "agent_a": agent_a,
        "referent_a": referent_a,
        "agent_b": agent_b,
        "curateur": curateur,
        "administrateur": administrateur,
    }


@pytest.fixture
def clients(personnes: dict[str, Utilisateur | None]) -> dict[str, Client]:
    """One signed-in client for each role."""
    return {role: client_de(user) for role, user in personnes.items()}


def client_de(user: Utilisateur | None) -> Client:
    """A client signed in as that person (as nobody for None)."""
    client = Client()
    if user is not None:
        client.force_login(user, "comptes.identification.Identification")
    return client
