"""Who hears of a test, when people come, leave, or the workers were away."""

import datetime as dt

import pytest
import time_machine
from django.core import mail

from config.jours import PARIS
from rappels.envoi import envoyer_les_messages_dus
from rappels.models import Message
from tests.fabriques import AdhesionFactory, OrganisationFactory, un_membre, un_test_demarre
from tests_programme.tasks import perimer, replanifier

pytestmark = pytest.mark.django_db(transaction=True)


def _le(annee: int, mois: int, jour: int, heure: int = 9) -> dt.datetime:
    return dt.datetime(annee, mois, jour, heure, tzinfo=PARIS)


def _prevus(adresse: str) -> set[str]:
    return set(
        Message.objects.filter(etat="prevu", destinataire=adresse).values_list("genre", flat=True)
    )


def _recus() -> list[str]:
    """The subjects that left about a test's dates, then an empty letter box."""
    mail.outbox.clear()
    envoyer_les_messages_dus()
    return sorted(m.subject for m in mail.outbox if "accord" not in m.subject.lower())


def _sans_les_accords() -> None:
    Message.objects.filter(genre="accord_demande").delete()


@pytest.fixture
def organisation():
    return OrganisationFactory()


def test_who_has_left_the_organisation_is_no_longer_written_to(organisation):
    agent = un_membre(organisation)
    test = un_test_demarre(organisation=organisation, cree_par=agent)
    assert "peremption_3" in _prevus(agent.email)
    agent.adhesions.update(etat="terminee")
    assert replanifier() == 1
    assert _prevus(agent.email) == set()
    assert "peremption_3" in _prevus(test.parties.get(role="porteur").email)


def test_a_running_test_without_anybody_left_reminds_the_referents(organisation):
    agent = un_membre(organisation)
    referente = un_membre(organisation, "referent")
    test = un_test_demarre(organisation=organisation, cree_par=agent)
    test.parties.filter(role="porteur").update(role="equipe")
    agent.adhesions.update(etat="terminee")
    replanifier()
    assert {"peremption_14", "peremption_3", "peremption_0"} <= _prevus(referente.email)


def test_a_new_address_and_a_new_referent_hear_of_the_test(organisation):
    agent = un_membre(organisation)
    test = un_test_demarre(organisation=organisation, cree_par=agent)
    test.arreter(par=agent, motif="La météo.")
    agent.email = "nouvelle@example.org"
    agent.save(update_fields=["email"])
    referente = AdhesionFactory(organisation=organisation, role="referent").utilisateur
    replanifier()
    assert "evaluation_7" in _prevus("nouvelle@example.org")
    assert "evaluation_21_referent" in _prevus(referente.email)
    avant = Message.objects.count()
    replanifier()
    assert Message.objects.count() == avant


def test_the_longest_address_can_bear_a_test(organisation):
    longue = "a" * 60 + "@" + ".".join(["b" * 60] * 2 + ["c" * 50, "org"])
    with time_machine.travel(_le(2026, 11, 23), tick=False):
        test = un_test_demarre(organisation=organisation)
        test.parties.filter(role="porteur").update(email=longue)
        replanifier()
    assert "peremption_14" in _prevus(longue)


@pytest.mark.parametrize(
    ("fin", "retour"),
    [
        (dt.date(2027, 1, 23), _le(2027, 1, 22, 12)),  # ends on a Saturday, back on the Friday
        (dt.date(2027, 3, 29), _le(2027, 3, 25, 12)),  # ends on Easter Monday, back on the Thursday
    ],
)
def test_after_an_outage_one_reminder_says_it_all(organisation, fin, retour):
    with time_machine.travel(_le(2026, 11, 23), tick=False):
        jours = (fin - dt.date(2026, 11, 23)).days
        un_test_demarre(organisation=organisation, jours=jours)
        _sans_les_accords()
    with time_machine.travel(retour, tick=False):
        sujets = _recus()
        destinataires = [message.to[0] for message in mail.outbox]
        assert sujets
        assert len(destinataires) == len(set(destinataires)), sujets


def test_workers_back_a_month_late_remind_once_of_the_evaluation(organisation):
    with time_machine.travel(_le(2026, 11, 23), tick=False):
        un_test_demarre(organisation=organisation, jours=10)
        _sans_les_accords()
    with time_machine.travel(_le(2027, 1, 12), tick=False):
        assert perimer() == 1
        _recus()
        destinataires = [message.to[0] for message in mail.outbox]
        assert destinataires
        assert len(destinataires) == len(set(destinataires))


def test_a_referent_who_bears_the_test_hears_once_of_a_late_evaluation(organisation):
    """One event, one mail: as bearer, not again as référent·e, even when that changed meanwhile."""
    referente = un_membre(organisation, "referent")
    autre = un_membre(organisation, "referent")
    with time_machine.travel(_le(2026, 11, 23), tick=False):
        test = un_test_demarre(organisation=organisation, cree_par=autre, jours=10)
        assert "evaluation_21_referent" in _prevus(referente.email)
        assert "evaluation_21_referent" not in _prevus(autre.email)
        _sans_les_accords()
    test.cree_par = referente
    test.save(update_fields=["cree_par"])
    with time_machine.travel(_le(2026, 12, 24), tick=False):
        replanifier()
        _recus()
        destinataires = [message.to[0] for message in mail.outbox]
        assert sorted(destinataires) == sorted({*destinataires})
        assert {referente.email, autre.email} <= set(destinataires)
