"""Account mails go through the outbox, and no secret waits there."""

import datetime as dt
import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.utils import timezone

from comptes import courriels_de_compte
from comptes.models import Utilisateur
from rappels.envoi import envoyer_les_messages_dus
from rappels.models import Message
from tests.conftest import client_de
from tests.fabriques import MOT_DE_PASSE

pytestmark = pytest.mark.django_db


def demander(email):
    assert client_de(None).post("/compte/password/reset/", {"email": email}).status_code == 302
    return Message.objects.get(genre="compte")


def chemin(mail, motif):
    return re.search(rf"https?://[^/\s]+(/\S*{motif}\S*)", mail.body).group(1)


@pytest.mark.parametrize("email", ["habitant@example.org", "inconnue@example.org"])
def test_a_lost_password_waits_in_the_outbox_without_its_link(habitant, email, mailoutbox):
    message = demander(email)
    assert (message.etat, message.destinataire) == ("prevu", email)
    tout = f"{message.donnees} {message.cle} {message.sujet}"
    assert "http" not in tout
    assert "key" not in message.donnees["faits"]
    assert mailoutbox == []
    assert envoyer_les_messages_dus().envoyes == 1
    message.refresh_from_db()
    assert message.donnees == {}
    assert mailoutbox[0].extra_headers["Message-ID"]
    assert "List-Unsubscribe" not in mailoutbox[0].extra_headers


def test_the_link_is_of_the_day_it_leaves(habitant, mailoutbox):
    """Four days of broken mail server: the link made at the request would be dead."""
    demander(habitant.email)
    with time_machine.travel(timezone.now() + dt.timedelta(days=4), tick=True):
        envoyer_les_messages_dus()
        client = client_de(None)
        adresse = client.get(chemin(mailoutbox[0], "password/reset/key")).url
        nouveau = "un tout autre mot de passe"
        client.post(adresse, {"password1": nouveau, "password2": nouveau})
    habitant.refresh_from_db()
    assert habitant.check_password(nouveau)
    assert "arrive en retard" in mailoutbox[0].body


def test_it_leaves_at_once_at_any_hour_whatever_one_chose(habitant, mailoutbox):
    client_de(habitant).post("/mon-compte/rappels/", {"rythme": "aucun"})
    with time_machine.travel(dt.datetime(2026, 11, 22, 23, tzinfo=dt.UTC), tick=False):
        demander(habitant.email)
        envoyer_les_messages_dus()
    assert [mail.to for mail in mailoutbox] == [[habitant.email]]


def test_nothing_leaves_for_an_account_closed_or_moved_meanwhile(habitant, mailoutbox):
    demander(habitant.email)
    Utilisateur.objects.update(email="ailleurs@example.org")
    EmailAddress.objects.all().delete()
    assert envoyer_les_messages_dus().annules == 1
    assert mailoutbox == []


def test_an_address_confirmed_meanwhile_is_not_asked_again(mailoutbox):
    client_de(None).post(
        "/compte/signup/",
        {
            "email": "nouvelle@example.org",
            "nom": "Nouvelle",
            "password1": MOT_DE_PASSE,
            "password2": MOT_DE_PASSE,
        },
    )
    EmailAddress.objects.update(verified=True)
    assert envoyer_les_messages_dus().annules == 1
    assert mailoutbox == []


def test_a_mail_server_that_is_down_does_not_break_sign_up(settings, mailoutbox):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    demander("inconnue@example.org")
    assert not envoyer_les_messages_dus().serveur_joint
    assert Message.objects.get().etat == "prevu"


def test_a_mail_we_could_not_write_later_leaves_by_itself(habitant, mailoutbox):
    """A one-time code, were they turned on, must not be kept: nothing is planned for it."""
    contexte = {"user": habitant, "code": "123456"}
    assert not courriels_de_compte.planifier("account/email/login_code", "x@y.fr", contexte)
    assert not Message.objects.exists()


def test_an_administrateur_does_not_read_what_a_mail_will_hold(habitant, administrateur, settings):
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    nouveau = "un tout autre mot de passe"
    client_de(habitant).post(
        "/compte/password/change/",
        {"oldpassword": MOT_DE_PASSE, "password1": nouveau, "password2": nouveau},
        HTTP_USER_AGENT="Navigateur très reconnaissable",
    )
    message = Message.objects.get()
    assert "Navigateur" in str(message.donnees)
    client = client_de(administrateur)
    for adresse in (f"/administration/rappels/message/{message.pk}/change/", "/rappels/"):
        page = client.get(adresse)
        assert page.status_code == 200
        assert habitant.email in page.content.decode()
        assert "très reconnaissable" not in page.content.decode()
    envoyer_les_messages_dus()
    message.refresh_from_db()
    assert message.donnees == {}


def test_the_choice_follows_an_address_that_changes(habitant):
    from allauth.account.signals import email_changed

    from rappels.choix import choisir, rythme_de

    choisir(habitant.email, "aucun")
    adresses = [EmailAddress(user=habitant, email=e) for e in (habitant.email, "neuve@example.org")]
    email_changed.send(
        sender=Utilisateur,
        request=None,
        user=habitant,
        from_email_address=adresses[0],
        to_email_address=adresses[1],
    )
    assert rythme_de("neuve@example.org") == "aucun"
    assert rythme_de(habitant.email) == "immediat"
