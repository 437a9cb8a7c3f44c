"""Days off that differ from one place to another, and the hours of reminders."""

import datetime as dt

import pytest
import time_machine

from comptes.models import Invitation
from config.jours import PARIS
from rappels.calendrier import (
    est_heure_ouvree,
    est_ouvre,
    instant_d_envoi,
    prochain_lundi,
    prochaine_ouverture,
)
from rappels.envoi import envoyer_les_messages_dus
from rappels.models import Message
from tests.fabriques import (
    OrganisationFactory,
    TerritoireFactory,
    un_membre,
    un_test_demarre,
    un_test_pret,
)
from tests_programme.models import Accord


def _le(texte, heure=9):
    return dt.datetime.combine(dt.date.fromisoformat(texte), dt.time(heure), tzinfo=PARIS)


@pytest.mark.parametrize(
    ("jour", "lieu"),
    [
        ("2027-03-26", "57"),  # Good Friday in Moselle
        ("2028-12-26", "6AE"),  # Saint Stephen's in Alsace
        ("2027-05-27", "971"),  # abolition: Guadeloupe
        ("2028-05-22", "972"),  # Martinique
        ("2027-06-10", "973"),  # Guyane
        ("2027-12-20", "974"),  # La Réunion
        ("2027-04-27", "976"),  # Mayotte
        ("2027-09-24", "NC"),
    ],
)
def test_a_day_off_of_the_place_is_a_day_off_there_only(jour, lieu):
    date = dt.date.fromisoformat(jour)
    assert est_ouvre(date)
    assert not est_ouvre(date, lieu)
    assert instant_d_envoi(date).date() == date
    assert instant_d_envoi(date, lieu=lieu).date() > date
    assert instant_d_envoi(date, lieu=lieu, au_plus_tard=date).date() < date


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("niveau", "code", "departement", "lieu"),
    [
        ("commune", "57463", "57", "57"),
        ("epci", "200067841", "67", "6AE"),
        ("departement", "68", None, "6AE"),
        ("region", "04", None, "974"),
        ("region", "44", None, ""),  # Grand Est: not all of it
        ("region", "988", None, "NC"),
        ("region", "01", None, "971"),
        ("departement", "01", None, ""),  # Ain, whose code is also a region's
        ("commune", "38185", "38", ""),
        ("commune", "97105", "971", "971"),
    ],
)
def test_an_organisation_keeps_the_days_off_of_its_place(niveau, code, departement, lieu):
    parent = TerritoireFactory(niveau="departement", code=departement) if departement else None
    territoire = TerritoireFactory(niveau=niveau, code=code, departement=parent)
    organisation = OrganisationFactory(territoire=territoire, type=niveau)
    assert organisation.lieu == lieu
    assert est_ouvre(dt.date(2026, 11, 23), organisation.lieu)  # the calendar knows the place
    assert OrganisationFactory().lieu == ""


@pytest.mark.django_db(transaction=True)
def test_the_reminders_of_a_test_in_moselle_spare_good_friday(mailoutbox):
    """Ends on Good Friday 2027: the mail of the last day leaves the Thursday before, in Moselle only."""
    moselle = TerritoireFactory(niveau="departement", code="57")
    la_bas = OrganisationFactory(territoire=moselle, type="departement")
    ici = OrganisationFactory()
    with time_machine.travel(_le("2026-12-01"), tick=False):
        for organisation in (la_bas, ici):
            un_test_demarre(organisation=organisation, cree_par=un_membre(organisation), jours=115)
    instants = Message.objects.filter(genre="peremption_0").order_by("prevu_le")
    jours = {(m.donnees["lieu"], m.prevu_le.astimezone(PARIS).date().isoformat()) for m in instants}
    assert jours == {("57", "2027-03-25"), ("", "2027-03-26")}


@pytest.mark.parametrize(
    ("instant", "ouverte"),
    [
        (_le("2026-11-23", 7), False),
        (_le("2026-11-23", 8), True),
        (_le("2026-11-23", 17), True),
        (_le("2026-11-23", 18), False),
        (_le("2026-11-22", 12), False),  # a Sunday
        (_le("2026-03-29", 9), False),  # the clocks go forward, a Sunday
        (_le("2026-03-30", 8), True),
        (_le("2026-10-26", 8), True),
    ],
)
def test_hours_of_reminders_are_those_of_paris(instant, ouverte):
    assert est_heure_ouvree(instant.astimezone(dt.UTC)) is ouverte


@pytest.mark.parametrize(
    ("instant", "matin", "lundi"),
    [
        (_le("2026-03-27", 20), _le("2026-03-30", 8), _le("2026-03-30", 8)),  # across the change
        (_le("2026-10-23", 20), _le("2026-10-26", 8), _le("2026-10-26", 8)),
        (_le("2026-11-23", 7), _le("2026-11-23", 8), _le("2026-11-23", 8)),
        (_le("2026-11-23", 8), _le("2026-11-24", 8), _le("2026-11-30", 8)),
        (_le("2027-03-26", 12), _le("2027-03-30", 8), _le("2027-03-30", 8)),  # Easter Monday
        (_le("2027-03-29", 12), _le("2027-03-30", 8), _le("2027-03-30", 8)),
    ],
)
def test_the_next_morning_and_the_next_monday(instant, matin, lundi):
    assert prochaine_ouverture(instant) == matin
    assert prochain_lundi(instant) == lundi


@pytest.fixture
def test_en_cours(db):
    organisation = OrganisationFactory()
    with time_machine.travel(_le("2026-11-23"), tick=False):
        test = un_test_demarre(
            organisation=organisation, cree_par=un_membre(organisation), jours=60
        )
        Message.objects.filter(genre="accord_demande").delete()
    return test  # ends on Friday 22 January 2027


@pytest.mark.django_db(transaction=True)
def test_a_reminder_late_in_the_evening_waits_for_the_morning(test_en_cours, mailoutbox):
    """The workers come back at ten in the evening: nobody is woken, nothing is lost."""
    with time_machine.travel(_le("2027-01-08", 22), tick=False):  # a Friday; due that morning
        assert envoyer_les_messages_dus().envoyes == 0
    with time_machine.travel(_le("2027-01-10", 12), tick=False):  # Sunday
        assert envoyer_les_messages_dus().envoyes == 0
    with time_machine.travel(_le("2027-01-11", 8), tick=False):
        assert envoyer_les_messages_dus().envoyes == 2
        assert envoyer_les_messages_dus().envoyes == 0
    assert all("devait partir vendredi 8 janvier 2027" in mail.body for mail in mailoutbox)


@pytest.mark.django_db(transaction=True)
def test_one_that_the_morning_would_make_too_late_leaves_at_night(test_en_cours, mailoutbox):
    with time_machine.travel(_le("2027-01-22", 22), tick=False):
        assert envoyer_les_messages_dus().envoyes == 2
    assert all("aujourd'hui" in mail.subject for mail in mailoutbox)


@pytest.mark.django_db(transaction=True)
def test_what_is_owed_at_once_leaves_on_a_sunday_night(mailoutbox):
    organisation = OrganisationFactory()
    referente = un_membre(organisation, "referent")
    with time_machine.travel(_le("2026-11-22", 23), tick=False):
        un_test_pret(organisation=organisation)
        Accord.objects.update(etat="demande", repondu_le=None)
        Message.objects.filter(genre="accord_demande").update(etat="prevu")
        Invitation.inviter(
            organisation=organisation, email="x@example.org", role="agent", par=referente
        )
        assert envoyer_les_messages_dus().envoyes == 3
    assert {mail.to[0] for mail in mailoutbox} == {
        "porteuse@example.org",
        "manager@example.org",
        "x@example.org",
    }
