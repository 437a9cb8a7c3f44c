"""``/metrics``, the queue in ``/sante/``, and the alert to the administrateurs."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from rappels.alerte import alerter_si_en_retard
from rappels.models import Battement, Message
from tests.fabriques import UtilisateurFactory

pytestmark = pytest.mark.django_db


def _il_y_a(**duree):
    return timezone.now() - dt.timedelta(**duree)


@pytest.fixture
def file(planifier):
    """One message in every situation."""
    planifier("demain", prevu_le=timezone.now() + dt.timedelta(days=1))
    planifier("attend", prevu_le=_il_y_a(minutes=40))
    planifier("tenu", prevu_le=_il_y_a(minutes=3))
    for local, etat, duree in [
        ("recent", "envoye", dt.timedelta(seconds=30)),
        ("avant", "envoye", dt.timedelta(minutes=4)),
        ("vieux", "envoye", dt.timedelta(days=4)),
    ]:
        planifier(local)
        Message.objects.filter(cle=f"essai:{local}").update(
            etat=etat, envoye_le=timezone.now() - duree
        )
    planifier("rate")
    Message.objects.filter(cle="essai:rate").update(etat="echoue")
    Message.objects.filter(cle="essai:tenu").update(etat="en_envoi")


def _valeurs(texte):
    lignes = [ligne.rpartition(" ") for ligne in texte.splitlines() if not ligne.startswith("#")]
    return {nom: float(valeur) for nom, _, valeur in lignes}


def test_the_metrics_say_depth_age_flow_failures_and_beat(client, file, settings):
    settings.METRICS_TOKEN = "un-jeton"
    le = _il_y_a(seconds=20)
    Battement.objects.create(nom="sonner", le=le)
    reponse = client.get("/metrics", headers={"Authorization": "Bearer un-jeton"})
    assert reponse["Content-Type"].startswith("text/plain; version=0.0.4")
    valeurs = _valeurs(reponse.content.decode())
    assert valeurs['rappels_messages{etat="prevu"}'] == 2
    assert valeurs['rappels_messages{etat="en_envoi"}'] == 1
    assert valeurs['rappels_messages{etat="envoye"}'] == 3
    assert valeurs['rappels_messages{etat="annule"}'] == 0
    assert valeurs["rappels_dus"] == 2
    assert valeurs["rappels_plus_ancien_secondes"] == pytest.approx(2400, abs=5)
    assert valeurs['rappels_envoyes{minutes="1"}'] == 1
    assert valeurs['rappels_envoyes{minutes="5"}'] == 2
    assert valeurs["rappels_echecs"] == 1
    assert valeurs["rappels_battement_timestamp_secondes"] == pytest.approx(le.timestamp(), abs=1)
    for ligne in reponse.content.decode().splitlines():
        assert re.fullmatch(r'# (HELP|TYPE) \w+ .+|\w+(\{\w+="\w+"\})? \d+(\.\d+)?', ligne), ligne


def test_an_empty_platform_has_its_metrics(client, administrateur):
    client.force_login(administrateur, "comptes.identification.Identification")
    valeurs = _valeurs(client.get("/metrics").content.decode())
    assert (
        valeurs["rappels_plus_ancien_secondes"]
        == valeurs["rappels_battement_timestamp_secondes"]
        == 0
    )


@pytest.mark.parametrize(
    ("jeton", "montre"),
    [
        ("", "Bearer "),
        ("", "Bearer x"),
        ("bon", "Bearer mauvais"),
        ("bon", "Basic bon"),
        ("bon", "Bearer bön"),
    ],
)
def test_another_token_is_refused_even_to_an_administrateur(
    client, administrateur, settings, jeton, montre
):
    settings.METRICS_TOKEN = jeton
    client.force_login(administrateur, "comptes.identification.Identification")
    assert client.get("/metrics", headers={"Authorization": montre}).status_code == 401


@pytest.mark.django_db(transaction=True)
def test_the_health_page_shows_the_queue(client, file):
    etat = client.get("/sante/").json()["file"]
    assert etat["en_attente"] == 2
    assert etat["plus_ancien_secondes"] == pytest.approx(2400, abs=5)
    Message.objects.update(reporte_au=timezone.now() + dt.timedelta(hours=2))
    assert client.get("/sante/").json()["file"] == {"en_attente": 0, "plus_ancien_secondes": 0}


def test_half_an_hour_late_the_administrateurs_are_told_straight_by_smtp_once_in_six_hours(
    courrier, file, administrateur, curateur
):
    autre = UtilisateurFactory(role="administrateur")
    UtilisateurFactory(role="administrateur", is_active=False)
    avant = Message.objects.count()
    assert alerter_si_en_retard() == 2
    assert set(courrier.destinataires()) == {administrateur.email, autre.email}
    assert Message.objects.count() == avant  # not through the queue that is late
    mail = courrier.recus[0]
    assert mail["Subject"] == "Les rappels ne partent plus : 40 minutes de retard"
    assert "Messages en attente : 2." in mail.get_content()
    assert alerter_si_en_retard() == 0
    assert alerter_si_en_retard(timezone.now() + dt.timedelta(hours=5, minutes=59)) == 0
    assert alerter_si_en_retard(timezone.now() + dt.timedelta(hours=6, minutes=1)) == 2


def test_a_queue_that_moves_alerts_nobody(courrier, planifier, administrateur):
    planifier("attend", prevu_le=_il_y_a(minutes=29))
    assert alerter_si_en_retard() == 0
    assert not courrier.recus


def test_what_waits_for_the_morning_on_purpose_is_not_late(
    client, courrier, planifier, administrateur
):
    planifier("hier", prevu_le=_il_y_a(hours=10))
    Message.objects.update(reporte_au=timezone.now() + dt.timedelta(hours=2))
    assert alerter_si_en_retard() == 0
    Message.objects.update(reporte_au=_il_y_a(minutes=31))
    assert alerter_si_en_retard() == 1
    assert courrier.recus[0]["Subject"].endswith("31 minutes de retard")


def test_an_alert_that_could_not_be_sent_is_tried_again(courrier, file, administrateur, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    assert alerter_si_en_retard() == 0
    settings.EMAIL_PORT = port
    assert alerter_si_en_retard() == 1


def test_one_refused_administrateur_does_not_silence_the_others(courrier, file, administrateur):
    UtilisateurFactory(role="administrateur", email="refuse@exemple.fr")
    assert alerter_si_en_retard() == 1
    assert set(courrier.destinataires()) == {administrateur.email}
