"""kill -9 of workers: at each step, then two hundred times at random."""

import os
import random
import re
import signal
import threading
import time

import pytest

from rappels.models import Message
from tests.rappels.epreuves.conftest import attendre, attendre_le_mot, tout_est_parti

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.lent]

MESSAGES, MORTS = 20_000, 200


@pytest.mark.parametrize(
    ("arret", "accidents"),
    [("avant_la_prise", 0), ("apres_la_prise", 0), ("apres_data", 1), ("avant_la_marque", 1)],
)
def test_killed_at_a_step_nothing_is_lost_and_only_the_doubtful_message_comes_again(
    arret, accidents, planifier_des, ouvriers, registre
):
    cles = planifier_des(60)
    mourant = ouvriers(1, arret=arret)
    attendre_le_mot(mourant, "arret")
    # After DATA the server may be about to write: what it says in the worker's last breath counts.
    attendre(lambda: registre.nombre() == accidents, 5, "the server to take it")
    os.killpg(mourant.pid, signal.SIGKILL)
    ouvriers(2)
    attendre(tout_est_parti, 30, "everything to leave")
    # Taken by the server and never marked: it comes again, once; never when the server had nothing.
    assert registre.verifier(cles, accidents=accidents, titre=f"killed {arret}") == accidents
    assert Message.objects.filter(etat="envoye").count() == 60


def test_two_hundred_deaths_over_twenty_thousand_messages(planifier_des, ouvriers, registre):
    cles = planifier_des(MESSAGES)
    pepiniere = ouvriers(4)
    vivants: list[int] = []

    def lire():
        for ligne in pepiniere.stdout:
            if trouve := re.match(r"pid (\d+)", ligne):
                vivants.append(int(trouve[1]))

    threading.Thread(target=lire, daemon=True).start()
    hasard = random.Random(27)
    debut = time.monotonic()
    for numero in range(MORTS):
        seuil = (numero + 0.5) * MESSAGES / MORTS
        attendre(lambda seuil=seuil: registre.nombre() >= seuil and vivants, 60, f"death {numero}")
        time.sleep(hasard.random() * 0.05)
        condamne = vivants.pop(hasard.randrange(len(vivants)))
        os.kill(condamne, signal.SIGKILL)
    attendre(tout_est_parti, 60, "everything to leave")
    registre.verifier(
        cles, accidents=MORTS, titre=f"{MORTS} deaths, {time.monotonic() - debut:.0f} s"
    )
    # Each repeat has an interrupted try behind it: one try, one mail at most.
    tentatives = dict(Message.objects.values_list("destinataire", "tentatives"))
    recus: dict[str, int] = {}
    for _, adresse in registre.lignes():
        recus[adresse] = recus.get(adresse, 0) + 1
    assert all(recus[adresse] <= tentatives[adresse] for adresse in recus)
    assert set(Message.objects.values_list("etat", flat=True)) == {"envoye"}
