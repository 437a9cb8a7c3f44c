"""While Redis is down, pages live on: the cache is empty and the bell stays silent."""

import os
import subprocess
import sys

import pytest
from django.core.cache import cache

from config.cache import base_suivante
from tests.conftest import client_de
from tests.fabriques import MOT_DE_PASSE, PisteFactory

PERSONNE = "redis://127.0.0.1:1/0"  # nobody listens on port 1


@pytest.fixture
def sans_redis(settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": PERSONNE}}


@pytest.mark.django_db
def test_pages_sign_in_and_api_answer(sans_redis, habitant):
    PisteFactory()
    client = client_de(None)
    assert client.get("/").status_code == 200
    assert client.get("/api/v1/pistes/").status_code == 200
    connexion = {"login": habitant.email, "password": MOT_DE_PASSE}
    assert client.post("/compte/login/", connexion).url == "/mon-espace/"
    assert client.get("/mon-espace/").status_code == 200


def test_the_cache_answers_as_if_it_were_empty(sans_redis):
    cache.set("a", 1)
    assert cache.add("a", 1) is True
    assert cache.get("a", "rien") == "rien"
    assert cache.get_many(["a", "b"]) == {}
    assert cache.incr("a", 2) == 2
    assert cache.touch("a") is False
    assert "a" not in cache
    assert cache.set_many({"a": 1}) == []
    assert cache.delete("a") is False
    assert cache.delete_many(["a"]) is None
    assert cache.clear() is False


def test_a_long_breakdown_is_said_once_in_a_while(sans_redis, caplog):
    for _ in range(20):
        cache.get("a")
    assert [r.levelname for r in caplog.records] == ["ERROR"]


def test_when_it_is_there_it_is_a_cache():
    cache.set("a", 1)
    assert cache.get("a") == 1
    assert cache.incr("a") == 2
    with pytest.raises(ValueError, match="not found"):
        cache.incr("absente")


def test_ringing_does_not_wait_for_a_broker_that_is_down():
    # In a process of its own: Celery keeps the connections it once made.
    programme = (
        "import time, django\n"
        "django.setup()\n"
        "from kombu.exceptions import OperationalError\n"
        "from rappels import boite\n"
        "debut = time.monotonic()\n"
        "try: boite._sonner_bientot()\n"
        "except OperationalError: print(time.monotonic() - debut)\n"
    )
    env = {**os.environ, "REDIS_URL": PERSONNE, "DJANGO_SETTINGS_MODULE": "config.settings"}
    env.pop("CELERY_BROKER_URL", None)
    sortie = subprocess.run(
        [sys.executable, "-c", programme], env=env, capture_output=True, text=True, check=True
    )
    assert float(sortie.stdout) < 2.5


@pytest.mark.parametrize(
    ("adresse", "suivante"),
    [
        ("redis://redis:6379/0", "redis://redis:6379/1"),
        ("rediss://u:p@hote:1/3?x=1", "rediss://u:p@hote:1/4?x=1"),
        ("redis://hote", "redis://hote/1"),
        ("redis://hote/15", "redis://hote/0"),
        ("unix:///tmp/a.sock?db=7", "unix:///tmp/a.sock?db=8"),
        ("unix:///tmp/a.sock", "unix:///tmp/a.sock?db=1"),
    ],
)
def test_the_cache_has_a_database_of_its_own(adresse, suivante):
    assert base_suivante(adresse) == suivante
