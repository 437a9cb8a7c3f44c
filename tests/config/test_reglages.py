"""What an installation may lower, and what a typing error must not."""

import os
import subprocess
import sys

import pytest

PRODUCTION = {
    "ENVIRONNEMENT": "production",
    "SECRET_KEY": "longue-et-melangee-0123456789-abcdefghijklmnopqrstuvwxyz-!@#$%",
    "ALLOWED_HOSTS": "exemple.fr",
    "ADRESSE_PUBLIQUE": "https://exemple.fr",
    "EMAIL_URL": "consolemail://",
    "DATABASE_URL": "postgres://personne",
    "REDIS_URL": "redis://personne:6379/0",
}


def lire(expression, **variables):
    programme = f"from config import settings as s; print({expression})"
    env = {"PATH": os.environ["PATH"], **PRODUCTION, **variables}
    return subprocess.run(
        [sys.executable, "-c", programme], env=env, capture_output=True, text=True
    )


HSTS = "s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD"


def test_https_is_promised_for_the_whole_domain_unless_said_otherwise():
    assert lire(HSTS).stdout == "True True\n"
    assert lire(HSTS, HSTS_SUBDOMAINS="false", HSTS_PRELOAD="0").stdout == "False False\n"


@pytest.mark.parametrize("nom", ["HSTS_SUBDOMAINS", "HSTS_PRELOAD"])
def test_a_yes_or_no_that_is_neither_stops_the_start_with_its_name(nom):
    resultat = lire(HSTS, **{nom: "nan"})
    assert resultat.returncode != 0
    assert f"{nom}='nan'" in resultat.stderr


def test_former_keys_and_the_cache_s_address_come_from_the_environment():
    expression = "s.SECRET_KEY_FALLBACKS, s.CACHES['default']['LOCATION'], s.CELERY_BROKER_URL"
    assert lire(expression).stdout == "[] redis://personne:6379/1 redis://personne:6379/0\n"
    resultat = lire(expression, SECRET_KEY_FALLBACKS="a,b", CACHE_URL="redis://ailleurs/3")
    assert resultat.stdout == "['a', 'b'] redis://ailleurs/3 redis://personne:6379/0\n"
