"""The outbox in Django's administration."""

import pytest
from django.urls import reverse

from comptes.models import Utilisateur
from rappels.models import Message

pytestmark = pytest.mark.django_db

LISTE = "admin:rappels_message_changelist"


@pytest.fixture
def administrateur(client):
    compte = Utilisateur.objects.create_user("admin@exemple.fr", role="administrateur")
    client.force_login(compte)
    return compte


def test_an_administrateur_reads_the_queue_and_cannot_edit_it(client, administrateur, planifier):
    message = planifier("camille")
    Message.objects.update(etat="echoue", derniere_erreur="550 Boîte inconnue")
    page = client.get(reverse(LISTE)).content.decode()
    assert "camille@exemple.fr" in page
    assert "550 Boîte inconnue" in page
    fiche = client.get(reverse("admin:rappels_message_change", args=[message.pk]))
    assert fiche.status_code == 200
    assert "_save" not in fiche.content.decode()
    assert client.get(reverse("admin:rappels_message_add")).status_code == 403


def test_failed_messages_and_only_they_are_sent_again(client, administrateur, planifier):
    for local in ("echec", "parti"):
        planifier(local)
    Message.objects.filter(cle="essai:echec").update(etat="echoue", tentatives=9)
    Message.objects.filter(cle="essai:parti").update(etat="envoye")
    choix = list(Message.objects.values_list("pk", flat=True))
    client.post(reverse(LISTE), {"action": "renvoyer", "_selected_action": choix})
    assert dict(Message.objects.values_list("cle", "etat")) == {
        "essai:echec": "prevu",
        "essai:parti": "envoye",
    }
    assert Message.objects.get(cle="essai:echec").tentatives == 0


def test_a_curateur_does_not_see_the_addresses(client, planifier):
    message = planifier("camille")
    Message.objects.update(etat="echoue")
    client.force_login(Utilisateur.objects.create_user("cur@exemple.fr", role="curateur"))
    assert client.get(reverse(LISTE)).status_code == 403
    client.post(reverse(LISTE), {"action": "renvoyer", "_selected_action": [message.pk]})
    message.refresh_from_db()
    assert message.etat == "echoue"
