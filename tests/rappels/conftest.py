"""The mail server, the processes and the messages of these tests."""

import contextlib
import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings as reglages
from django.db import connection
from django.utils import timezone

import tests.rappels.redacteur_essai  # noqa: F401 - registers the kind "essai"
from rappels import boite
from rappels.models import Message
from tests.rappels.serveur import Serveur


@pytest.fixture
def courrier(settings):
    """A running SMTP server, and Django's mails directed to it."""
    serveur = Serveur()
    serveur.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = serveur.hostname, serveur.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 2
    serveur.comportement.port = serveur.port
    yield serveur.comportement
    serveur.stop()


@pytest.fixture
def planifier():
    """Plan a message of kind "essai" to a local part; return its row."""

    def _planifier(local="quelquun", cle=None, prevu_le=None, sujet="essai:1", **donnees):
        cle = cle or f"essai:{local}"
        boite.planifier(
            genre="essai",
            sujet=sujet,
            destinataire=f"{local}@exemple.fr",
            cle=cle,
            prevu_le=prevu_le or timezone.now(),
            donnees=donnees,
        )
        return Message.objects.get(cle=cle)

    return _planifier


@pytest.fixture
def processus(courrier):
    """Start a Python process on this test's database and mail server; killed at the end."""
    lances = []

    def _lancer(*arguments):
        nom = connection.settings_dict["NAME"]
        hote = connection.settings_dict["HOST"]
        if hote.startswith("/"):
            base = f"postgres://{connection.settings_dict['USER']}@/{hote}/{nom}"
        else:
            c = connection.settings_dict
            base = f"postgres://{c['USER']}:{c['PASSWORD']}@{hote}:{c['PORT'] or 5432}/{nom}"
        environnement = {
            **os.environ,
            "DATABASE_URL": base,
            "EMAIL_URL": f"smtp://127.0.0.1:{courrier.port}",
            "CELERY_BROKER_URL": reglages.CELERY_BROKER_URL.replace("?db=", "?virtual_host="),
            "PYTHONPATH": str(reglages.RACINE),
        }
        lance = subprocess.Popen(
            [sys.executable, *arguments],
            env=environnement,
            cwd=reglages.RACINE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        lances.append(lance)
        return lance

    yield _lancer
    for lance in lances:
        # The whole group: a killed Celery leaves its children behind.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(lance.pid, signal.SIGKILL)
        lance.wait()
        lance.stdout.close()
