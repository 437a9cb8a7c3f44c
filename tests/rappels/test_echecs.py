"""Who is told that a message will never leave."""

import pytest

from rappels import boite
from rappels.echecs import GENRE, masquer
from rappels.envoi import envoyer_les_messages_dus
from rappels.models import Message
from tests.fabriques import UtilisateurFactory, un_membre, un_test_demarre

pytestmark = pytest.mark.django_db


@pytest.fixture
def test_suivi(organisation_a):
    test = un_test_demarre(organisation=organisation_a)
    Message.objects.all().delete()
    return test


def _planifier(test, adresse="refuse@exemple.fr", cle="k1", genre="essai"):
    boite.planifier(genre=genre, sujet=f"test:{test.pk}", destinataire=adresse, cle=cle)


def _prevenus():
    return set(Message.objects.filter(genre=GENRE).values_list("destinataire", flat=True))


def test_the_referents_are_told_once_with_a_masked_address_and_what_to_do(
    courrier, test_suivi, organisation_a, administrateur
):
    referents = {un_membre(organisation_a, "referent").email for _ in range(2)}
    _planifier(test_suivi)
    _planifier(test_suivi, cle="k2")
    envoyer_les_messages_dus()
    envoyer_les_messages_dus()
    assert set(courrier.destinataires()) == referents
    assert set(courrier.destinataires().values()) == {1}
    texte = courrier.recus[0].get_body(("plain",)).get_content()
    assert "re…e@exemple.fr" in texte
    assert "refuse@" not in texte
    assert "550 5.1.1" in texte
    assert test_suivi.titre in texte
    assert f"/tests/{test_suivi.pk}/" in texte
    assert "Vérifiez l'adresse" in texte


def test_without_a_referent_the_administrateurs_are_told(courrier, test_suivi, administrateur):
    UtilisateurFactory(role="administrateur", is_active=False)
    _planifier(test_suivi)
    envoyer_les_messages_dus()
    assert _prevenus() == {administrateur.email}


def test_the_address_that_fails_is_not_the_one_told(
    courrier, test_suivi, organisation_a, administrateur
):
    referent = un_membre(organisation_a, "referent")
    type(referent).objects.filter(pk=referent.pk).update(email="refuse@exemple.fr")
    _planifier(test_suivi)
    envoyer_les_messages_dus()
    assert _prevenus() == {administrateur.email}


def test_a_failure_to_tell_of_a_failure_tells_nobody(
    courrier, test_suivi, organisation_a, administrateur
):
    referent = un_membre(organisation_a, "referent")
    type(referent).objects.filter(pk=referent.pk).update(email="spam@exemple.fr")
    _planifier(test_suivi)
    for _ in range(3):
        envoyer_les_messages_dus()
    dit = Message.objects.get(genre=GENRE)
    assert (dit.destinataire, dit.etat) == ("spam@exemple.fr", "echoue")
    assert Message.objects.count() == 2


def test_three_days_of_tries_and_a_worker_that_dies_at_last_are_told_too(
    test_suivi, administrateur, courrier
):
    import datetime as dt

    import time_machine
    from django.utils import timezone

    _planifier(test_suivi, "plus-tard@exemple.fr")
    _planifier(test_suivi, "tuee@exemple.fr", cle="k2")
    il_y_a_longtemps = timezone.now() - dt.timedelta(days=4)
    Message.objects.update(tentatives=9, premier_essai_le=il_y_a_longtemps)
    Message.objects.filter(cle="k2").update(etat="en_envoi", bail_jusqua=il_y_a_longtemps)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=1)):
        envoyer_les_messages_dus()
    assert Message.objects.filter(etat="echoue").count() == 2
    assert Message.objects.filter(genre=GENRE, destinataire=administrateur.email).count() == 2


def test_a_message_about_nothing_known_tells_nobody(courrier, planifier, administrateur):
    planifier("refuse")
    envoyer_les_messages_dus()
    assert Message.objects.get().etat == "echoue"


def test_who_is_no_longer_in_charge_when_it_leaves_is_not_told(
    test_suivi, administrateur, courrier
):
    _planifier(test_suivi)
    Message.objects.update(etat="echoue")
    from rappels.echecs import dire_l_echec

    assert dire_l_echec(Message.objects.get(), "550") == 1
    type(administrateur).objects.filter(pk=administrateur.pk).update(role="")
    envoyer_les_messages_dus()
    assert Message.objects.get(genre=GENRE).etat == "annule"
    assert not courrier.recus


@pytest.mark.parametrize(
    ("adresse", "masquee"),
    [("camille.martin@exemple.fr", "ca…n@exemple.fr"), ("abcd@x.fr", "a…@x.fr"), ("", "…@")],
)
def test_a_masked_address_is_recognised_and_not_readable(adresse, masquee):
    assert masquer(adresse) == masquee
