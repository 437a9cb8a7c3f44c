"""A test prolonged, stopped, evaluated or gone while a worker holds its reminder."""

import datetime as dt
import os
import signal
import threading

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from rappels.enveloppe import identifiant
from rappels.models import Message
from tests.fabriques import (
    _auteur,
    _une_autre,
    donner_les_accords,
    remplir_l_evaluation,
    un_test_a_evaluer,
    un_test_demarre,
)
from tests.rappels.epreuves.conftest import attendre, attendre_le_mot
from tests_programme.models import Test

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.lent]

# Reminders leave in working hours only, whatever the day these proofs run on.
UN_MARDI_MATIN = dt.datetime(2026, 11, 17, 9, 30, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def un_mardi_matin():
    with time_machine.travel(UN_MARDI_MATIN):
        yield


def rien(test):
    """The control: without a change it does leave."""


def prolonger(test):
    par = _auteur(test)
    test.demander_prolongation(
        par=par, nouvelle_date=test.date_peremption + dt.timedelta(days=9), motif="La neige."
    )
    donner_les_accords(test)
    test.prolonger(par=par)


def arreter(test):
    test.arreter(par=_auteur(test), motif="La météo.")


def evaluer(test):
    remplir_l_evaluation(test)
    test.soumettre(par=_auteur(test))
    test.evaluer(par=_une_autre(test))


def faire_disparaitre(test):
    """No page deletes a started test, and its history forbids it: only a hand in the database does."""
    with connection.cursor() as curseur, transaction.atomic():
        curseur.execute("SET LOCAL session_replication_role = replica")
        curseur.execute("DELETE FROM tests_programme_test WHERE id = %s", [test.pk])


@pytest.mark.parametrize(
    ("genre", "changer", "part"),
    [
        ("peremption_14", rien, True),
        ("peremption_14", prolonger, False),
        ("peremption_14", arreter, False),
        ("evaluation_1", rien, True),
        ("evaluation_1", evaluer, False),
        ("peremption_14", faire_disparaitre, False),
    ],
)
def test_its_reminder_claimed_meanwhile_does_not_leave_stale(
    genre, changer, part, ouvriers, registre
):
    test: Test = un_test_demarre(jours=20) if genre in {"peremption_14"} else un_test_a_evaluer()
    rappels = Message.objects.filter(sujet=f"test:{test.pk}", genre=genre, etat="prevu")
    rappels = Message.objects.filter(pk__in=list(rappels.values_list("pk", flat=True)))
    Message.objects.exclude(pk__in=rappels).filter(prevu_le__lte=timezone.now()).delete()
    rappels.update(prevu_le=timezone.now() - dt.timedelta(minutes=1))
    tenus = list(rappels)
    attendus = len(tenus) if part else 0
    assert tenus
    ouvrier = ouvriers(1, arret="apres_la_prise", HORLOGE=UN_MARDI_MATIN.isoformat())
    pid = int(attendre_le_mot(ouvrier, "pid").split()[1])
    attendre_le_mot(ouvrier, "arret")
    assert set(rappels.values_list("etat", flat=True)) == {"en_envoi"}
    changer(test)
    os.kill(pid, signal.SIGUSR1)
    threading.Thread(
        target=lambda: [
            os.kill(pid, signal.SIGUSR1) for ligne in ouvrier.stdout if "arret" in ligne
        ],
        daemon=True,
    ).start()
    encore = Message.objects.filter(pk__in=[m.pk for m in tenus]).en_attente()
    attendre(lambda: not encore.exists(), 10, "the worker to let go")
    # Others may leave meanwhile, such as the accord to an extension being asked.
    recus = [i for i, _ in registre.lignes() if i in {identifiant(m.cle) for m in tenus}]
    print(f"\n{genre} claimed, {changer.__name__}: keys={attendus} arrived={len(recus)}")
    assert len(recus) == len(set(recus)) == attendus
