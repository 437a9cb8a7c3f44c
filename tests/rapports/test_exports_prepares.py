"""Large exports: prepared apart, told when ready, taken by whoever asked; whole, or not at all."""

import dataclasses
import datetime as dt
import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings as reglages
from django.core import mail
from django.utils import timezone

from config.jours import jour_de
from rappels.models import Message
from rapports import preparation, tasks
from rapports.formats import FORMATS
from rapports.models import ExportFait
from tests.conftest import client_de
from tests.fabriques import OrganisationFactory, PisteFactory, TestFactory
from tests.rapports.lecture import les_csv, lire_csv, telecharger
from tests_programme.models import Test

pytestmark = pytest.mark.django_db


@pytest.fixture
def tout_est_grand(monkeypatch):
    for cle, format in FORMATS.items():
        monkeypatch.setitem(FORMATS, cle, dataclasses.replace(format, aussitot=1))
    monkeypatch.setattr(preparation, "PAR_PARTIE", 3)


def des_tests(nombre):
    piste, organisation = PisteFactory(), OrganisationFactory()
    lignes = [
        Test(piste=piste, organisation=organisation, titre=f"Test {n}") for n in range(nombre)
    ]
    return Test.objects.bulk_create(lignes)


def publier():
    """They run, and everybody reads them."""
    fin = jour_de() + dt.timedelta(days=30)
    Test.objects.update(
        demarre_le=timezone.now(), etat="en_cours", visibilite="public", date_peremption=fin
    )


def demander(client, adresse):
    reponse = client.get(adresse)
    assert reponse.status_code == 302
    assert "/preparer/" in reponse.url
    page = client.get(reponse.url)
    assert "Préparer le fichier" in page.content.decode()
    suivi = client.post(reponse.url)
    assert suivi.status_code == 302
    return suivi.url, ExportFait.objects.first()


@pytest.mark.parametrize("format", ["csv", "json"])
def test_a_prepared_file_is_the_one_that_would_have_been_given_at_once(
    format, client_admin, tout_est_grand, monkeypatch, time_machine
):
    time_machine.move_to(dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC), tick=False)
    des_tests(8)
    suivi, fait = demander(client_admin, f"/exports/tests.{format}?colonne=titre&colonne=cree_le")
    assert tasks.preparer(fait.pk)
    fait.refresh_from_db()
    assert (fait.etat, fait.lignes, fait.total) == ("pret", 8, 8)
    prepare = telecharger(client_admin, f"{suivi}fichier")
    monkeypatch.setitem(FORMATS, format, dataclasses.replace(FORMATS[format], aussitot=100))
    assert prepare == telecharger(
        client_admin, f"/exports/tests.{format}?colonne=titre&colonne=cree_le"
    )


@pytest.mark.parametrize("format", ["xlsx", "ods"])
def test_a_prepared_spreadsheet_opens(format, client_admin, tout_est_grand):
    des_tests(4)
    suivi, fait = demander(client_admin, f"/exports/tests.{format}")
    assert tasks.preparer(fait.pk)
    assert telecharger(client_admin, f"{suivi}fichier")[:2] == b"PK"


def test_its_reader_is_told_and_finds_the_file_for_seven_days(
    client_admin, administrateur, tout_est_grand, time_machine
):
    time_machine.move_to(dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC), tick=False)
    des_tests(4)
    suivi, fait = demander(client_admin, "/exports/tests.csv")
    tasks.preparer(fait.pk)
    message = Message.objects.get(genre="export_pret")
    assert message.destinataire == administrateur.email
    from rappels.envoi import envoyer_les_messages_dus

    envoyer_les_messages_dus()
    (courriel,) = mail.outbox
    assert suivi in courriel.body
    assert "4 lignes" in courriel.body
    assert "vendredi 27 novembre 2026" in courriel.body
    assert "Prendre tests-2026-11-20.csv" in client_admin.get(suivi).content.decode()
    time_machine.shift(dt.timedelta(days=7, minutes=1))
    assert client_admin.get(f"{suivi}fichier").status_code == 410
    assert tasks.effacer_les_fichiers() == 1
    assert not preparation.dossier_de(fait).exists()
    assert tasks.effacer_les_fichiers() == 0
    assert "Redemandez-le" in client_admin.get(suivi).content.decode()


def test_nobody_else_sees_or_takes_it_whatever_their_role(clients, tout_est_grand):
    des_tests(4)
    publier()
    suivi, fait = demander(clients["agent_a"], "/exports/tests.csv")
    tasks.preparer(fait.pk)
    for role in ("agent_b", "curateur", "administrateur"):
        assert clients[role].get(suivi).status_code == 404
        assert clients[role].get(f"{suivi}fichier").status_code == 404
        assert clients[role].post(f"{suivi}annuler/").status_code == 404
    assert telecharger(clients["agent_a"], f"{suivi}fichier")


def test_asked_twice_it_is_one(client_admin, tout_est_grand):
    des_tests(4)
    suivi, _ = demander(client_admin, "/exports/tests.csv")
    assert demander(client_admin, "/exports/tests.csv")[0] == suivi
    assert demander(client_admin, "/exports/tests.csv?q=test")[0] != suivi


def test_two_workers_write_one_file(client_admin, tout_est_grand):
    des_tests(4)
    _, fait = demander(client_admin, "/exports/tests.csv")
    assert fait.prendre()
    assert not tasks.preparer(fait.pk)
    assert not preparation.fichier_de(fait).exists()


def test_stopped_it_gives_no_file_and_begun_again_it_goes_on(
    client_admin, tout_est_grand, monkeypatch
):
    des_tests(8)
    suivi, fait = demander(client_admin, "/exports/tests.csv")
    poser, posees = preparation._poser, []

    def poser_puis_annuler(chemin, morceaux):
        poser(chemin, morceaux)
        posees.append(chemin.name)
        if chemin.name == "000000.jsonl":
            client_admin.post(f"{suivi}annuler/")

    monkeypatch.setattr(preparation, "_poser", poser_puis_annuler)
    assert not tasks.preparer(fait.pk)
    assert client_admin.get(f"{suivi}fichier").status_code == 410
    assert "arrêtée" in client_admin.get(suivi).content.decode()
    client_admin.post(f"{suivi}relancer/")
    assert tasks.preparer(fait.pk)
    assert posees == ["cles", "000000.jsonl", "000001.jsonl", "000002.jsonl"]
    assert len(lire_csv(telecharger(client_admin, f"{suivi}fichier"))) == 8


def test_the_bar_moves(client_admin, tout_est_grand):
    des_tests(8)
    suivi, fait = demander(client_admin, "/exports/tests.csv")
    assert 'value="0"' in client_admin.get(suivi).content.decode()
    fait.prendre()
    fait.avancer(6)
    morceau = client_admin.get(suivi, headers={"HX-Request": "true"}).content.decode()
    assert 'value="75"' in morceau
    assert "<html" not in morceau


def test_who_lost_their_account_meanwhile_gets_nothing(agent_a, tout_est_grand):
    des_tests(4)
    publier()
    _, fait = demander(client_de(agent_a), "/exports/tests.csv")
    agent_a.is_active = False
    agent_a.save()
    assert not tasks.preparer(fait.pk)
    fait.refresh_from_db()
    assert fait.etat == "echoue"
    assert not preparation.fichier_de(fait).exists()


def test_a_row_hidden_between_two_parts_does_not_leave(agent_a, tout_est_grand, monkeypatch):
    lignes = des_tests(6)
    publier()
    _, fait = demander(client_de(agent_a), "/exports/tests.csv?colonne=titre")
    avancer = ExportFait.avancer

    def cacher(self, faites, at=None):
        avancer(self, faites, at)
        if faites == 3:
            Test.objects.filter(pk=lignes[0].pk).update(visibilite="prive")

    monkeypatch.setattr(ExportFait, "avancer", cacher)
    tasks.preparer(fait.pk)
    fait.refresh_from_db()
    assert fait.lignes == 5


def test_given_up_after_five_deaths_and_said(client_admin, tout_est_grand):
    des_tests(4)
    suivi, fait = demander(client_admin, "/exports/tests.csv")
    for _ in range(5):
        assert fait.prendre(at=timezone.now())
        ExportFait.objects.update(bail_jusqua=timezone.now() - dt.timedelta(seconds=1))
    assert not tasks.preparer(fait.pk)
    assert tasks.reprendre() == 0
    assert "pas réussi" in client_admin.get(suivi).content.decode()
    assert Message.objects.filter(genre="export_echoue").count() == 1


def test_a_lost_bell_is_rung_again(client_admin, tout_est_grand):
    des_tests(4)
    demander(client_admin, "/exports/tests.csv")
    assert tasks.reprendre() == 0
    ExportFait.objects.update(fait_le=timezone.now() - dt.timedelta(minutes=1))
    assert tasks.reprendre() == 1


OUVRIER = """
import django; django.setup()
import sys, time
from rapports import preparation
preparation.PAR_PARTIE = 500
poser, posees = preparation._poser, []
def lent(chemin, morceaux):
    poser(chemin, morceaux)
    posees.append(chemin)
    if len(posees) == 4:
        print("au milieu", flush=True)
        time.sleep(60)
if len(sys.argv) > 2:
    preparation._poser = lent
print(preparation.preparer(int(sys.argv[1])), flush=True)
"""


@pytest.mark.lent
@pytest.mark.django_db(transaction=True)
def test_its_worker_killed_the_file_arrives_whole(client_admin, settings, monkeypatch):
    des_tests(3_000)
    monkeypatch.setitem(FORMATS, "csv", dataclasses.replace(FORMATS["csv"], aussitot=1))
    suivi, fait = demander(client_admin, "/exports/tests.csv")
    tue = _ouvrier(fait, settings, "lentement")
    assert "au milieu" in tue.stdout.readline()
    os.killpg(tue.pid, signal.SIGKILL)
    tue.wait()
    tue.stdout.close()
    assert client_admin.get(f"{suivi}fichier").status_code == 410
    assert "2 000" not in client_admin.get(suivi).content.decode()
    ExportFait.objects.update(bail_jusqua=timezone.now() - dt.timedelta(seconds=1))
    assert tasks.reprendre() == 1
    reprise = _ouvrier(fait, settings)
    assert "True" in reprise.stdout.read()
    reprise.wait()
    reprise.stdout.close()
    lignes = lire_csv(telecharger(client_admin, f"{suivi}fichier"))
    assert [ligne["Titre"] for ligne in lignes] == [f"Test {n}" for n in reversed(range(3_000))]
    monkeypatch.setitem(FORMATS, "csv", dataclasses.replace(FORMATS["csv"], aussitot=9_999))
    assert les_csv(client_admin, "/exports/tests.csv") == lignes


def _ouvrier(fait, settings, *arguments):
    from tests.rappels.epreuves.conftest import adresse_de_la_base

    return subprocess.Popen(
        [sys.executable, "-c", OUVRIER, str(fait.pk), *arguments],
        env={
            **os.environ,
            "DATABASE_URL": adresse_de_la_base(),
            "FICHIERS": str(settings.MEDIA_ROOT),
        },
        cwd=reglages.RACINE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_a_test_of_ones_own_is_in_ones_own_export_only(clients, organisation_a):
    TestFactory(organisation=organisation_a, titre="Brouillon de A")
    assert [x["Titre"] for x in les_csv(clients["agent_a"], "/exports/tests.csv")] == [
        "Brouillon de A"
    ]
    assert les_csv(clients["agent_b"], "/exports/tests.csv") == []
