"""A mail server and workers in processes of their own, and the counting of what arrived."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter

import pytest
from django.conf import settings as reglages
from django.db import connection
from django.utils import timezone

import tests.rappels.redacteur_essai  # noqa: F401 - registers the kind "essai"
from rappels import boite
from rappels.en_masse import Prevision
from rappels.enveloppe import identifiant
from rappels.models import Message
from tests.rappels.serveur import _port_libre

BAIL = 3  # seconds


def adresse_de_la_base():
    """The DATABASE_URL of this test's database."""
    c = connection.settings_dict
    if c["HOST"].startswith("/"):
        return f"postgres://{c['USER']}@/{c['HOST']}/{c['NAME']}"
    return f"postgres://{c['USER']}:{c['PASSWORD']}@{c['HOST']}:{c['PORT'] or 5432}/{c['NAME']}"


@pytest.fixture
def lancer():
    """Start a Python process; its whole group is killed at the end."""
    lances = []

    def _lancer(*arguments, **environnement):
        lance = subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": str(reglages.RACINE), **environnement},
            cwd=reglages.RACINE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        lances.append(lance)
        return lance

    yield _lancer
    for lance in lances:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(lance.pid, signal.SIGKILL)
        lance.wait()
        lance.stdout.close()


class Registre:
    """What the mail server wrote down."""

    def __init__(self, chemin, port, puits):
        self.chemin, self.port, self.puits = chemin, port, puits

    def lignes(self):
        return [ligne.split() for ligne in self.chemin.read_text().splitlines()]

    def nombre(self):
        return self.chemin.read_bytes().count(b"\n")

    def verifier(self, cles, *, accidents, titre):
        """Every key arrived under its own Message-ID; no more repeats than accidents. Prints the counts."""
        recus = Counter(identifiant_ for identifiant_, _ in self.lignes())
        attendus = {identifiant(cle) for cle in cles}
        repetes = sum(nombre - 1 for nombre in recus.values())
        print(
            f"\n{titre}: keys={len(attendus)} arrived={len(attendus & set(recus))} lost={len(attendus - set(recus))} "
            f"strangers={len(set(recus) - attendus)} repeats={repetes} accidents={accidents}"
        )
        assert set(recus) == attendus
        assert repetes <= accidents
        # The same Message-ID always went to the same person.
        assert len({(i, a) for i, a in self.lignes()}) == len(attendus)
        return repetes


@pytest.fixture
def registre(lancer, tmp_path):
    """A running mail server, and what it takes."""
    chemin, port = tmp_path / "registre", _port_libre()
    chemin.touch()
    puits = lancer("-m", "tests.rappels.epreuves.puits", port, chemin)
    assert puits.stdout.readline() == "pret\n"
    return Registre(chemin, port, puits)


@pytest.fixture
def ouvriers(lancer, registre):
    """Start workers on this test's database; with ``arret``, they wait at that step."""

    def _ouvriers(nombre, *, arret="", base=None, **environnement):
        return lancer(
            *("-m", "tests.rappels.epreuves.ouvrier", nombre),
            DATABASE_URL=base or adresse_de_la_base(),
            EMAIL_URL=f"smtp://127.0.0.1:{registre.port}",
            DJANGO_SETTINGS_MODULE="config.settings",
            RAPPELS_BAIL=str(BAIL),
            ARRET=arret,
            **environnement,
        )

    return _ouvriers


@pytest.fixture
def planifier_des():
    """Plan messages due now to « <prefixe><n> »; return their keys."""

    def _planifier(nombre, prefixe="p"):
        maintenant = timezone.now()
        cles = [f"essai:{prefixe}{n}" for n in range(nombre)]
        boite.planifier_en_masse(
            Prevision(
                genre="essai",
                sujet=f"essai:{n}",
                destinataire=f"{prefixe}{n}@exemple.fr",
                cle=cle,
                prevu_le=maintenant,
            )
            for n, cle in enumerate(cles)
        )
        return cles

    return _planifier


def attendre_le_mot(lance, mot, secondes=60):
    """Read what a process says until a word; return its line. Silent too long, it is killed."""
    sentence = threading.Timer(secondes, os.killpg, [lance.pid, signal.SIGKILL])
    sentence.start()
    try:
        for ligne in lance.stdout:
            if mot in ligne:
                return ligne
    finally:
        sentence.cancel()
    raise AssertionError(f"The process ended, or said nothing for {secondes} s, without {mot!r}.")


def attendre(condition, secondes, quoi):
    """Look until it is so."""
    limite = time.monotonic() + secondes
    while not condition():
        assert time.monotonic() < limite, f"Waited {secondes} s for {quoi}."
        time.sleep(0.1)


def tout_est_parti():
    """Whether nothing waits any more."""
    return not Message.objects.en_attente().exists()
