"""Rules that hold for the whole project, whatever page is added."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models

RACINE = Path(settings.RACINE)
SALLES = [
    "comptes",
    "reflexes",
    "pistes",
    "tests_programme",
    "engagement",
    "rappels",
    "rapports",
    "accueil",
]


@pytest.mark.django_db
def test_no_model_change_waits_for_its_migration():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_rooms_import_one_way():
    result = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports")],
        cwd=RACINE,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout


def test_production_settings_pass_djangos_deployment_check():
    env = {
        "PATH": os.environ["PATH"],
        "ENVIRONNEMENT": "production",
        "SECRET_KEY": "k" * 20 + "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
        "ALLOWED_HOSTS": "reflexes.example.org",
        "ADRESSE_PUBLIQUE": "https://reflexes.example.org",
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "REDIS_URL": os.environ["REDIS_URL"],
        "EMAIL_URL": "smtp://localhost:25",
    }
    result = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=RACINE,
        env=env,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    "absente", ["SECRET_KEY", "ALLOWED_HOSTS", "ADRESSE_PUBLIQUE", "EMAIL_URL"]
)
def test_a_missing_variable_stops_a_production_start_with_its_name(absente):
    env = {
        "PATH": os.environ["PATH"],
        "ENVIRONNEMENT": "production",
        "SECRET_KEY": "k" * 60,
        "ALLOWED_HOSTS": "reflexes.example.org",
        "ADRESSE_PUBLIQUE": "https://reflexes.example.org",
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "REDIS_URL": os.environ["REDIS_URL"],
        "EMAIL_URL": "smtp://localhost:25",
    }
    del env[absente]
    result = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=RACINE, env=env, capture_output=True, text=True
    )
    assert result.returncode != 0
    assert absente in result.stderr


def _choices() -> list[type[models.TextChoices]]:
    found = []
    for model in apps.get_models():
        if model._meta.app_label in SALLES:
            for value in vars(model).values():
                if isinstance(value, type) and issubclass(value, models.Choices):
                    found.append(value)
    return found


@pytest.mark.parametrize("choices", _choices(), ids=lambda c: c.__qualname__)
def test_every_value_of_an_enum_has_its_french_label(choices):
    for member in choices:
        automatic = member.name.replace("_", " ").title()
        written = str(member.label)
        assert written, member
        assert written != automatic or member.name.isalpha(), f"{member!r} shows its code"


def test_lock_files_name_no_address_and_hash_everything():
    for lock in (RACINE / "requirements").glob("*.txt"):
        text = lock.read_text()
        assert "://" not in re.sub(r"#.*", "", text), lock
        packages = re.findall(r"^([a-z0-9][\w.-]*)==.*\\$", text, flags=re.M)
        assert len(packages) > 20
        assert text.count("==") == len(packages), "a package without a hash"


def test_the_compose_file_is_valid():
    result = subprocess.run(
        [
            str(Path(sys.executable).parent / "check-jsonschema"),
            "--builtin-schema",
            "vendor.compose-spec",
        ]
        + ["docker-compose.yml"],
        cwd=RACINE,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout


def test_shell_scripts_parse():
    for script in [
        "bin/preparer-venv",
        "bin/installer-chromium",
        ".ci/run",
        "deploiement/sauvegarder",
    ]:
        assert subprocess.run(["bash", "-n", script], cwd=RACINE).returncode == 0, script
