"""One cast and one world for all the rows of a guard: they take a second to make, and each row undoes its own."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings

from comptes.models import Utilisateur
from tests.conftest import client_de
from tests.fabriques import OrganisationFactory, UtilisateurFactory, un_membre
from tests.monde import Monde, creer_monde
from tests.monde_guichet import creer_guichet


@dataclasses.dataclass
class Scene:
    """The world, who is in it, and where its files are."""

    monde: Monde
    personnes: dict[str, Utilisateur | None]
    fichiers: Path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They use the database: without their saying so, a guard run alone would meet the one of the site."""
    for item in items:
        if "scene" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="module")
def scene(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    fichiers = tmp_path_factory.mktemp("fichiers")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=fichiers):
            est, ouest = OrganisationFactory(nom="Ville de l'Est"), OrganisationFactory()
            referent = un_membre(est, "referent")
            personnes = {
                "visiteur": None,
                "habitant": UtilisateurFactory(),
                "agent_a": un_membre(est),
                "referent_a": referent,
                "agent_b": un_membre(ouest),
                "curateur": UtilisateurFactory(role="curateur"),
                "administrateur": UtilisateurFactory(role="administrateur"),
            }
            monde = creer_monde(est, referent)
            monde.guichet = creer_guichet(
                mediateur=personnes["agent_b"],
                offrant=personnes["habitant"],
                accueil=personnes["agent_a"],
            )
        yield Scene(monde, personnes, fichiers)
        transaction.set_rollback(True)


@pytest.fixture
def monde(scene: Scene, settings: Any) -> Iterator[Monde]:
    """The world as it was made, whatever the row before did to it."""
    settings.MEDIA_ROOT = scene.fichiers
    with transaction.atomic():
        yield scene.monde
        transaction.set_rollback(True)


@pytest.fixture
def clients(monde: Monde, scene: Scene) -> dict[str, Client]:
    """One signed-in client for each role."""
    return {role: client_de(user) for role, user in scene.personnes.items()}
