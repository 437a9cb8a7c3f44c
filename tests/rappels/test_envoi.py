"""Sending, against a real SMTP server that misbehaves."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from rappels import boite
from rappels.enveloppe import identifiant
from rappels.envoi import envoyer_les_messages_dus
from rappels.models import Message

pytestmark = pytest.mark.django_db

Etat = Message.Etat


def test_a_due_message_leaves_once_and_is_marked(courrier, planifier):
    message = planifier("camille", piece=True)
    bilan = envoyer_les_messages_dus()
    envoyer_les_messages_dus()
    message.refresh_from_db()
    assert (bilan.envoyes, message.etat, message.tentatives) == (1, Etat.ENVOYE, 1)
    assert message.envoye_le is not None
    assert message.bail is None
    assert courrier.destinataires() == {"camille@exemple.fr": 1}


def test_a_mail_has_its_headers_its_two_texts_and_its_file(courrier, planifier):
    message = planifier("camille", piece=True, objet="Fin du test : crèche à l'été")
    envoyer_les_messages_dus()
    [mail] = courrier.recus
    assert mail["Subject"] == "Fin du test : crèche à l'été"
    assert mail["Message-ID"] == identifiant(message.cle)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"]
    assert "toutes et tous" in mail.get_body(("plain",)).get_content()
    assert "<p>" in mail.get_body(("html",)).get_content()
    assert [piece.get_filename() for piece in mail.iter_attachments()] == ["jour.ics"]


def test_a_line_break_in_a_subject_adds_no_header(courrier, planifier):
    planifier(objet="Bonjour\r\nBcc: autre@exemple.fr\n\nCorps")
    envoyer_les_messages_dus()
    [mail] = courrier.recus
    assert mail["Subject"] == "Bonjour Bcc: autre@exemple.fr Corps"
    assert mail["Bcc"] is None


def test_an_address_with_a_line_break_fails_and_sends_nothing(courrier, planifier):
    message = planifier()
    Message.objects.update(destinataire="a@exemple.fr\nBcc: b@exemple.fr")
    envoyer_les_messages_dus()
    message.refresh_from_db()
    assert message.etat == Etat.ECHOUE
    assert not courrier.recus


def test_a_message_of_the_future_waits(courrier, planifier):
    planifier(prevu_le=timezone.now() + dt.timedelta(hours=1))
    assert envoyer_les_messages_dus().envoyes == 0


def test_one_refused_recipient_does_not_hold_up_the_others(courrier, planifier):
    locaux = [
        "un",
        "refuse",
        "deux",
        "plus-tard",
        "trois",
        "spam",
        "quatre",
        "coupe",
        "cinq",
        "au-revoir",
        "six",
    ]
    for local in locaux:
        planifier(local)
    bilan = envoyer_les_messages_dus()
    assert (bilan.envoyes, bilan.echoues, bilan.reportes) == (6, 2, 3)
    etats = dict(Message.objects.values_list("cle", "etat"))
    assert etats["essai:refuse"] == etats["essai:spam"] == Etat.ECHOUE
    assert (
        etats["essai:plus-tard"] == etats["essai:coupe"] == etats["essai:au-revoir"] == Etat.PREVU
    )
    assert "550 5.1.1" in Message.objects.get(cle="essai:refuse").derniere_erreur
    assert set(courrier.destinataires().values()) == {1}


def test_a_temporary_error_is_tried_again_with_growing_pauses_for_three_days(courrier, planifier):
    debut = timezone.now()
    essais = []
    with time_machine.travel(debut, tick=False) as horloge:
        message = planifier("plus-tard")
        while message.etat == Etat.PREVU:
            horloge.move_to(message.a_partir_de)
            essais.append(message.a_partir_de)
            assert envoyer_les_messages_dus().envoyes == 0
            message = Message.objects.get()
    pauses = [b - a for a, b in zip(essais, essais[1:], strict=False)]
    assert pauses[:-1] == sorted(pauses[:-1])
    assert pauses[0] == dt.timedelta(minutes=1)
    assert essais[-1] - essais[0] == dt.timedelta(days=3)
    assert (message.etat, message.tentatives) == (Etat.ECHOUE, len(essais))
    assert "451" in message.derniere_erreur


def test_a_greylisted_message_leaves_at_its_next_try(courrier, planifier):
    courrier.pannes["plus-tard"] = 1
    message = planifier("plus-tard")
    envoyer_les_messages_dus()
    message.refresh_from_db()
    with time_machine.travel(message.a_partir_de):
        assert envoyer_les_messages_dus().envoyes == 1


def test_an_unreachable_server_costs_one_try_and_stops_the_ring(settings, planifier):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    for numero in range(5):
        planifier(f"n{numero}")
    bilan = envoyer_les_messages_dus()
    assert not bilan.serveur_joint
    assert bilan.reportes == 1
    assert sorted(Message.objects.values_list("tentatives", flat=True)) == [0, 0, 0, 0, 1]
    assert set(Message.objects.values_list("etat", flat=True)) == {Etat.PREVU}


def test_a_writer_that_raises_is_a_failed_try_and_not_a_crash(courrier, planifier):
    message = planifier("tombe", leve=True)
    planifier("camille")
    bilan = envoyer_les_messages_dus()
    message.refresh_from_db()
    assert (bilan.envoyes, bilan.reportes) == (1, 1)
    assert (message.etat, message.tentatives) == (Etat.PREVU, 1)
    assert "RuntimeError" in message.derniere_erreur
    assert message.a_partir_de > timezone.now()


def test_a_kind_without_a_writer_waits_for_the_code_that_has_it(courrier, planifier):
    message = planifier()
    Message.objects.update(genre="genre_a_venir")
    envoyer_les_messages_dus()
    message.refresh_from_db()
    assert (message.etat, message.tentatives) == (Etat.PREVU, 1)


def test_a_message_without_a_reason_left_is_cancelled(courrier, planifier):
    message = planifier(sans_objet=True)
    assert envoyer_les_messages_dus().annules == 1
    message.refresh_from_db()
    assert message.etat == Etat.ANNULE
    assert not courrier.recus


def test_a_message_cancelled_while_its_batch_is_sent_does_not_leave(
    courrier, planifier, monkeypatch
):
    planifier("premier", sujet="essai:1", cle="a")
    planifier("second", sujet="essai:2", cle="b")
    from rappels import envoi

    marquer = envoi._marquer_parti

    def marquer_puis_annuler(message):
        marquer(message)
        boite.annuler(sujet="essai:2")

    monkeypatch.setattr(envoi, "_marquer_parti", marquer_puis_annuler)
    envoyer_les_messages_dus()
    assert courrier.destinataires() == {"premier@exemple.fr": 1}
    assert Message.objects.get(cle="b").etat == Etat.ANNULE


def test_cancelled_and_planned_again_while_the_server_answers_it_leaves_once(
    courrier, planifier, monkeypatch
):
    """What replanning does: were the revived row sent again, the person would have it twice."""
    message = planifier("camille")
    from rappels import envoi

    marquer = envoi._marquer_parti

    def replanifier_puis_marquer(parti):
        boite.annuler(sujet=message.sujet)
        planifier("camille")
        assert Message.objects.get().etat == Etat.PREVU
        marquer(parti)

    monkeypatch.setattr(envoi, "_marquer_parti", replanifier_puis_marquer)
    envoyer_les_messages_dus()
    assert courrier.destinataires() == {"camille@exemple.fr": 1}
    assert Message.objects.get().etat == Etat.ENVOYE


def test_a_spent_budget_gives_back_what_was_claimed(courrier, planifier, monkeypatch):
    from rappels import envoi

    for numero in range(3):
        planifier(f"n{numero}")
    monkeypatch.setattr(envoi, "_passe", lambda fin: len(courrier.recus) >= 1)
    assert envoyer_les_messages_dus(budget=60).envoyes == 1
    etats = Message.objects.order_by("pk").values_list("etat", "tentatives", "bail")
    assert list(etats[1:]) == [(Etat.PREVU, 0, None)] * 2
