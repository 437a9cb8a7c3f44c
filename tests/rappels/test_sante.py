"""``/sante/``."""

import datetime as dt
import importlib
import socket
import time

import pytest
from django.db import connection
from django.utils import timezone

from rappels.models import Battement

# The module: `accueil.views.sante` is the view of the same name.
vue = importlib.import_module("accueil.views.sante")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def sans_memoire():
    vue._en_panne_depuis.clear()


@pytest.fixture
def battement():
    return Battement.objects.create(nom="sonner", le=timezone.now())


def test_all_is_well(client, battement):
    reponse = client.get("/sante/")
    assert (reponse.status_code, reponse.json()["message"]) == (200, "Tout va bien.")
    assert "no-store" in reponse["Cache-Control"]
    assert client.post("/sante/").status_code == 405


def test_a_silent_beat_is_said_with_its_last_time(client, battement):
    Battement.objects.update(le=timezone.now() - dt.timedelta(minutes=4))
    reponse = client.get("/sante/")
    assert reponse.status_code == 503
    assert "ne sonne plus : dernière fois le " in reponse.json()["message"]


def test_a_beat_never_heard_is_said(client):
    reponse = client.get("/sante/")
    assert reponse.status_code == 503
    assert "jamais sonné" in reponse.json()["message"]


def test_a_broker_away_is_said_without_its_address(client, battement, settings):
    settings.CELERY_BROKER_URL = "redis://:secret@127.0.0.1:9/0"
    reponse = client.get("/sante/")
    assert reponse.status_code == 503
    assert "La file des tâches ne répond pas" in reponse.json()["message"]
    assert "secret" not in reponse.content.decode()
    assert "127.0.0.1" not in reponse.content.decode()
    depuis = reponse.json()["services"]["courtier"]["depuis"]
    assert client.get("/sante/").json()["services"]["courtier"]["depuis"] == depuis


def test_a_database_away_is_said_and_does_not_break_the_page(client, monkeypatch):
    monkeypatch.setattr(
        connection, "get_connection_params", lambda: {"host": "127.0.0.1", "port": 9}
    )
    reponse = client.get("/sante/")
    assert reponse.status_code == 503
    assert "La base de données ne répond pas" in reponse.json()["message"]


def test_services_that_never_answer_cost_two_seconds_each(client, settings, monkeypatch):
    with socket.create_server(("127.0.0.1", 0), backlog=8) as muet:
        port = muet.getsockname()[1]
        monkeypatch.setattr(
            connection, "get_connection_params", lambda: {"host": "127.0.0.1", "port": port}
        )
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{port}/0"
        debut = time.monotonic()
        assert client.get("/sante/").status_code == 503
        assert time.monotonic() - debut < 5
