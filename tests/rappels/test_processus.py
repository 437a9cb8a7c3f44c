"""Real processes, killed for real."""

import datetime as dt
import re
import time

import pytest
from django.utils import timezone

from rappels.models import Battement, Message

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.lent]

ENVOYER = ("-m", "tests.rappels.processus", "envoyer_rappels")
# One that says when it has claimed, then is stuck: what a worker looks like just before it is killed.
PRENDRE_ET_ATTENDRE = """
import django; django.setup()
import tests.rappels.redacteur_essai
import time
from rappels import envoi
{accident}
print("pret", flush=True)
envoi.envoyer_les_messages_dus()
"""
APRES_LA_PRISE = """
def attendre(message, bail):
    print("pris", flush=True); time.sleep(60)
envoi.prise.garder = attendre
"""
AVANT_LA_MARQUE = """
def attendre(message):
    print("accepte", flush=True); time.sleep(60)
envoi._marquer_parti = attendre
"""


@pytest.fixture
def trois_cents(db):
    maintenant = timezone.now()
    Message.objects.bulk_create(
        Message(
            genre="essai",
            sujet=f"essai:{n}",
            destinataire=f"p{n}@exemple.fr",
            cle=f"essai:{n}",
            prevu_le=maintenant,
        )
        for n in range(300)
    )


def _finir_les_baux():
    hier = timezone.now() - dt.timedelta(minutes=1)
    Message.objects.filter(etat="en_envoi").update(bail_jusqua=hier)


def _attendre_le_mot(lance, mot):
    for ligne in lance.stdout:
        if mot in ligne:
            return
    raise AssertionError(f"The process ended without saying {mot!r}.")


def test_two_workers_at_once_send_each_message_exactly_once(trois_cents, courrier, processus):
    courrier.lenteur = 0.005  # so that the two do overlap
    lances = [processus(*ENVOYER), processus(*ENVOYER)]
    sorties = [lance.communicate(timeout=40)[0] for lance in lances]
    assert [lance.returncode for lance in lances] == [0, 0], sorties
    parts = [int(re.search(r"envoyés : (\d+)", sortie)[1]) for sortie in sorties]
    assert sum(parts) == 300
    assert min(parts) > 0
    assert set(courrier.destinataires().values()) == {1}
    assert len(courrier.destinataires()) == 300
    assert Message.objects.filter(etat="envoye", tentatives=1).count() == 300


def test_what_a_killed_worker_held_comes_back_after_its_lease(trois_cents, courrier, processus):
    lance = processus("-c", PRENDRE_ET_ATTENDRE.format(accident=APRES_LA_PRISE))
    _attendre_le_mot(lance, "pris")
    lance.kill()
    lance.wait()
    tenus = Message.objects.filter(etat="en_envoi").count()
    assert tenus > 0
    sortie, _ = processus(*ENVOYER).communicate(timeout=40)
    assert len(courrier.recus) == 300 - tenus, sortie
    _finir_les_baux()
    processus(*ENVOYER).communicate(timeout=40)
    assert set(courrier.destinataires().values()) == {1}
    assert Message.objects.filter(etat="envoye").count() == 300


def test_killed_between_the_servers_yes_and_the_mark_the_same_message_comes_again(
    courrier, processus, planifier
):
    """The one doubt no system avoids: the repeat carries the same Message-ID, and there is one."""
    message = planifier("camille")
    lance = processus("-c", PRENDRE_ET_ATTENDRE.format(accident=AVANT_LA_MARQUE))
    _attendre_le_mot(lance, "accepte")
    lance.kill()
    lance.wait()
    message.refresh_from_db()
    assert (message.etat, message.tentatives) == ("en_envoi", 1)
    _finir_les_baux()
    processus(*ENVOYER).communicate(timeout=40)
    message.refresh_from_db()
    assert message.etat == "prevu"
    Message.objects.update(reporte_au=timezone.now())
    processus(*ENVOYER).communicate(timeout=40)
    message.refresh_from_db()
    assert message.etat == "envoye"
    assert list(courrier.identifiants().values()) == [2]


def test_a_real_worker_with_its_beat_sends_what_is_due(courrier, processus, planifier, tmp_path):
    message = planifier("camille")
    processus(
        *("-m", "celery", "-A", "tests.rappels.celery_essai", "worker", "--beat"),
        *("--schedule", str(tmp_path / "beat"), "--concurrency", "1", "--loglevel", "WARNING"),
        *("--without-gossip", "--without-mingle"),
    )
    limite = time.monotonic() + 20
    while message.etat != "envoye" and time.monotonic() < limite:
        time.sleep(0.2)
        message.refresh_from_db()
    assert message.etat == "envoye"
    assert courrier.destinataires() == {"camille@exemple.fr": 1}
    assert timezone.now() - Battement.objects.get(nom="sonner").le < dt.timedelta(minutes=1)
