"""Planning and cancelling."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from rappels import boite
from rappels.effacement import effacer_les_adresses
from rappels.models import Message

pytestmark = pytest.mark.django_db

Etat = Message.Etat
DEMAIN = dt.timedelta(days=1)


def test_a_key_planned_twice_is_one_row_with_the_last_values(planifier):
    planifier("camille", objet="un")
    message = planifier("camille", objet="deux", prevu_le=timezone.now() + DEMAIN)
    assert Message.objects.count() == 1
    assert message.donnees == {"objet": "deux"}
    assert message.prevu_le > timezone.now()


def test_a_cancelled_key_planned_again_starts_afresh(planifier):
    planifier("camille")
    Message.objects.update(tentatives=4, reporte_au=timezone.now() + DEMAIN, derniere_erreur="451")
    assert boite.annuler(sujet="essai:1") == 1
    message = planifier("camille")
    assert (message.etat, message.tentatives, message.reporte_au) == (Etat.PREVU, 0, None)
    assert message in Message.objects.dus()


@pytest.mark.parametrize("etat", [Etat.ENVOYE, Etat.EN_ENVOI, Etat.ECHOUE])
def test_a_key_that_left_is_leaving_or_failed_stays_as_it_is(planifier, etat):
    planifier("camille", objet="un")
    Message.objects.update(etat=etat)
    message = planifier("camille", objet="deux")
    assert (message.etat, message.donnees) == (etat, {"objet": "un"})


def test_planned_again_at_once_a_waiting_message_keeps_its_age(planifier):
    hier = timezone.now() - DEMAIN
    planifier("camille", prevu_le=hier)
    boite.planifier(
        genre="essai", sujet="essai:1", destinataire="camille@exemple.fr", cle="essai:camille"
    )
    assert Message.objects.get().prevu_le == hier


def test_cancelling_spares_other_subjects_kinds_and_keys(planifier):
    planifier("un", sujet="essai:1")
    planifier("deux", sujet="essai:1")
    planifier("trois", sujet="essai:12")
    assert boite.annuler(sujet="essai:1", genres=["autre"]) == 0
    assert boite.annuler(sujet="essai:1", sauf=["essai:deux"]) == 1
    assert set(Message.objects.en_attente().values_list("cle", flat=True)) == {
        "essai:deux",
        "essai:trois",
    }


def test_what_is_rolled_back_is_not_planned(planifier):
    with pytest.raises(RuntimeError), transaction.atomic():
        planifier("camille")
        raise RuntimeError
    assert not Message.objects.exists()


def test_many_messages_of_one_transaction_ring_once(planifier, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as sonneries:
        for numero in range(12):
            planifier(f"n{numero}")
    assert len(sonneries) == 1


def test_a_message_of_the_future_does_not_ring(planifier, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as sonneries:
        planifier(prevu_le=timezone.now() + DEMAIN)
    assert sonneries == []


@pytest.mark.django_db(transaction=True)
def test_without_a_broker_planning_works_and_the_message_waits_for_the_beat(planifier, monkeypatch):
    from kombu.exceptions import OperationalError

    from rappels.tasks import envoyer

    def sans_courtier(**options):
        raise OperationalError("no broker")

    monkeypatch.setattr(envoyer, "apply_async", sans_courtier)
    assert planifier("camille").etat == Etat.PREVU


def test_addresses_are_erased_twelve_months_after_the_message_left(planifier):
    maintenant = timezone.now()
    for local, etat, jours in [
        ("vieux", Etat.ENVOYE, 370),
        ("recent", Etat.ENVOYE, 360),
        ("attend", Etat.PREVU, 370),
        ("annule", Etat.ANNULE, 370),
    ]:
        le = maintenant - dt.timedelta(days=jours)
        message = planifier(local, prevu_le=le)
        Message.objects.filter(pk=message.pk).update(
            etat=etat, envoye_le=le if etat == Etat.ENVOYE else None
        )
    assert effacer_les_adresses() == 2
    assert effacer_les_adresses() == 0
    restes = {m.destinataire for m in Message.objects.all()}
    assert restes == {"", "recent@exemple.fr", "attend@exemple.fr"}
    efface = Message.objects.filter(destinataire="", etat=Etat.ENVOYE).get()
    assert (efface.cle, efface.donnees) == (f"efface:{efface.pk}", {})
