"""What people read about a test, and when it is no longer worth sending."""

import datetime as dt

import icalendar
import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives
from django.urls import NoReverseMatch, reverse

from comptes.models import Adhesion, Organisation, Utilisateur
from config.jours import instant_de
from pistes.models import Piste, Recueil
from rappels.envoi import envoyer_les_messages_dus
from rappels.models import Message
from tests_programme import echeances
from tests_programme.accords import demander_accords
from tests_programme.models import Test

pytestmark = pytest.mark.django_db

FIN = dt.date(2027, 5, 12)  # a Wednesday
DEBUT = instant_de(dt.date(2027, 4, 1), 9)


@pytest.fixture(autouse=True)
def adresses(settings):
    """The site's own addresses, or stand-ins while the pages are not there."""
    settings.ADRESSE_PUBLIQUE = "https://reflexes.exemple.fr"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    try:
        reverse("tests_programme:accord", args=["jeton"])
    except NoReverseMatch:
        settings.ROOT_URLCONF = "tests.rappels.urls_essai"


@pytest.fixture
def test_en_cours(db) -> Test:
    organisation = Organisation.objects.create(nom="Ville de Sable & Mer", type="commune")
    porteuse = Utilisateur.objects.create_user("porteuse@exemple.fr", nom="Camille")
    referente = Utilisateur.objects.create_user("referente@exemple.fr")
    for qui, role in [(porteuse, "agent"), (referente, "referent")]:
        Adhesion.objects.create(
            utilisateur=qui, organisation=organisation, role=role, etat="active"
        )
    recueil = Recueil.objects.create(cle="r", titre="R", annee=2020)
    test = Test.objects.create(
        organisation=organisation,
        piste=Piste.objects.create(recueil=recueil, cle="p", slug="p", rang=1),
        titre="Horaires d'été choisis par l'équipe",
        hypothese="Choisir ses horaires réduit la fatigue <des> équipes & plus.",
        retour_arriere="L'ancien planning reprend le lundi suivant.",
        signe_provisoire="Une affichette « en test » sur le planning.",
        ecoute_prevue="Un quart d'heure avec les familles, chaque vendredi.",
        date_peremption=FIN,
        etat="en_cours",
        demarre_le=DEBUT,
        cree_par=porteuse,
    )
    test.parties.create(role="porteur", fonction="chef de service", email="PORTEUSE@exemple.fr")
    test.parties.create(
        role="manager", fonction="directrice", nom="Dominique", email="dir@exemple.fr"
    )
    with time_machine.travel(DEBUT):
        echeances.replanifier(test)
    return test


def _envoyer(mailoutbox, jour, heure=9) -> list[EmailMultiAlternatives]:
    """What leaves at that hour of that Paris day."""
    mailoutbox.clear()
    with time_machine.travel(instant_de(jour, heure)):
        envoyer_les_messages_dus()
    return list(mailoutbox)


def _jours_prevus(test):
    prevus = Message.objects.en_attente().filter(sujet=f"test:{test.pk}").order_by("prevu_le", "pk")
    return [(m.genre, m.prevu_le.astimezone(dt.UTC).date()) for m in prevus]


def test_a_test_that_starts_has_its_seven_reminders_on_working_days(test_en_cours):
    assert _jours_prevus(test_en_cours) == [
        ("peremption_14", dt.date(2027, 4, 28)),
        ("peremption_3", dt.date(2027, 5, 10)),  # the 9th is a Sunday
        ("peremption_0", dt.date(2027, 5, 12)),
        ("evaluation_1", dt.date(2027, 5, 13)),
        ("evaluation_7", dt.date(2027, 5, 19)),
        ("evaluation_21", dt.date(2027, 6, 2)),
        ("evaluation_21_referent", dt.date(2027, 6, 2)),
    ]


def test_planning_again_changes_nothing_even_late_or_being_sent(test_en_cours):
    Message.objects.filter(genre="peremption_14").update(etat="en_envoi", tentatives=1)
    avant = list(Message.objects.order_by("pk").values())
    with time_machine.travel(instant_de(dt.date(2027, 5, 11))):
        echeances.replanifier(test_en_cours)
    assert list(Message.objects.order_by("pk").values()) == avant


def test_a_moved_date_cancels_the_old_reminders_and_plans_the_new_ones(test_en_cours):
    test_en_cours.date_peremption = dt.date(2027, 5, 26)
    with time_machine.travel(DEBUT):
        echeances.replanifier(test_en_cours)
    assert Message.objects.filter(etat="annule").count() == 7
    assert _jours_prevus(test_en_cours)[2] == ("peremption_0", dt.date(2027, 5, 26))


@pytest.mark.parametrize(
    "fin", [dt.date(2027, 5, 17), dt.date(2027, 5, 16), dt.date(2027, 3, 30), dt.date(2027, 11, 2)]
)
def test_two_reminders_never_share_a_morning_nor_pass_the_date(test_en_cours, fin):
    test_en_cours.date_peremption = fin
    with time_machine.travel(instant_de(dt.date(2027, 1, 4))):
        echeances.replanifier(test_en_cours)
    jours = [jour for genre, jour in _jours_prevus(test_en_cours) if genre in echeances.AVANT]
    assert len(set(jours)) == 3
    assert max(jours) <= fin


def test_a_short_test_is_not_told_of_fourteen_days(test_en_cours):
    test_en_cours.date_peremption = dt.date(2027, 4, 6)
    with time_machine.travel(DEBUT):
        echeances.replanifier(test_en_cours)
    # Tuesday the 6th of April 2027; three days before is a Saturday, between a Friday and Easter Monday.
    assert [genre for genre, _ in _jours_prevus(test_en_cours)][:2] == [
        "peremption_3",
        "peremption_0",
    ]


def test_a_running_test_announces_its_end_with_its_date_in_words_and_for_the_calendar(
    test_en_cours, mailoutbox
):
    [mail] = _envoyer(mailoutbox, dt.date(2027, 4, 28))
    assert mail.subject == "Fin du test dans 14 jours : Horaires d'été choisis par l'équipe"
    assert mail.to == ["porteuse@exemple.fr"]
    assert "se termine mercredi 12 mai 2027 au soir" in mail.body
    assert f"https://reflexes.exemple.fr/tests/{test_en_cours.pk}/" in mail.body
    assert "Ville de Sable & Mer" in mail.body
    assert "Ville de Sable &amp; Mer" in mail.alternatives[0].content
    assert "en retard" not in mail.body
    [piece] = mail.attachments
    fin = icalendar.Calendar.from_ical(piece.content).walk("VEVENT")[0]
    assert (fin["DTSTART"].dt, fin["DTEND"].dt) == (FIN, FIN + dt.timedelta(days=1))


def test_on_the_last_day_the_mail_says_today(test_en_cours, mailoutbox):
    Message.objects.exclude(genre="peremption_0").delete()
    [mail] = _envoyer(mailoutbox, FIN)
    assert mail.subject.startswith("Fin du test aujourd'hui")
    assert "L'ancien planning reprend" in mail.body


def test_a_late_reminder_is_sent_once_counts_from_today_and_says_it_is_late(
    test_en_cours, mailoutbox
):
    [mail] = _envoyer(mailoutbox, dt.date(2027, 5, 3))
    assert "dans 9 jours" in mail.subject
    assert "devait partir mercredi 28 avril 2027" in mail.body
    assert "devait partir mercredi 28 avril 2027" in mail.alternatives[0].content
    assert _envoyer(mailoutbox, dt.date(2027, 5, 3), 10) == []


def test_after_a_long_outage_only_the_last_reminder_of_each_kind_leaves(test_en_cours, mailoutbox):
    mails = _envoyer(mailoutbox, dt.date(2027, 5, 21))
    assert [mail.subject.partition(" :")[0] for mail in mails] == ["Évaluation attendue"]
    assert Message.objects.filter(etat="annule").count() == 4


@pytest.mark.parametrize(
    "changement",
    [{"etat": "a_evaluer"}, {"etat": "evalue"}, {"date_peremption": FIN + dt.timedelta(days=30)}],
)
def test_a_test_that_no_longer_ends_that_day_sends_nothing(test_en_cours, mailoutbox, changement):
    Test.objects.update(**changement)
    assert _envoyer(mailoutbox, dt.date(2027, 4, 28)) == []


def test_a_person_who_no_longer_bears_the_test_is_told_nothing(test_en_cours, mailoutbox):
    test_en_cours.parties.filter(role="porteur").delete()
    Utilisateur.objects.filter(email="porteuse@exemple.fr").update(is_active=False)
    assert _envoyer(mailoutbox, dt.date(2027, 4, 28)) == []


def test_an_ended_test_asks_for_its_evaluation_without_waiting_for_a_worker(
    test_en_cours, mailoutbox
):
    Message.objects.filter(genre__startswith="peremption").delete()
    [mail] = _envoyer(mailoutbox, dt.date(2027, 5, 13))
    assert mail.subject.startswith("À évaluer : ")
    assert "s'est terminé mercredi 12 mai 2027" in mail.body
    assert f"/tests/{test_en_cours.pk}/evaluation/" in mail.body


def test_after_three_weeks_the_referents_are_told_too(test_en_cours, mailoutbox):
    mails = _envoyer(mailoutbox, dt.date(2027, 6, 2))
    assert {mail.to[0] for mail in mails} == {"porteuse@exemple.fr", "referente@exemple.fr"}
    [porteuse] = [mail for mail in mails if mail.to == ["porteuse@exemple.fr"]]
    assert "référent·es de votre organisation" in porteuse.body


def test_an_evaluated_test_is_left_in_peace(test_en_cours, mailoutbox):
    Test.objects.update(etat="evalue")
    assert _envoyer(mailoutbox, dt.date(2027, 6, 2)) == []


def test_who_is_no_longer_referent_is_not_told(test_en_cours, mailoutbox):
    Adhesion.objects.filter(role="referent").update(etat="terminee")
    mails = _envoyer(mailoutbox, dt.date(2027, 6, 2))
    assert [mail.to for mail in mails] == [["porteuse@exemple.fr"]]
    assert "référent·es" not in mails[0].body


@pytest.fixture
def accord(test_en_cours):
    Test.objects.update(etat="preparation", demarre_le=None)
    test_en_cours.refresh_from_db()
    test_en_cours.parties.filter(role="porteur").delete()
    with time_machine.travel(instant_de(dt.date(2027, 3, 1), 8)):
        demander_accords(test_en_cours, objet="demarrage")
    return test_en_cours.parties.get().accords.get()


def test_an_accord_is_asked_with_the_exact_text_and_a_personal_link(accord, mailoutbox):
    [mail] = _envoyer(mailoutbox, dt.date(2027, 3, 1))
    assert mail.to == ["dir@exemple.fr"]
    assert mail.body.count("Bonjour Dominique,") == 1
    assert accord.texte in mail.body
    assert "fatigue <des> équipes & plus" in mail.body
    assert "fatigue &lt;des&gt; équipes &amp; plus" in mail.alternatives[0].content
    assert "https://reflexes.exemple.fr/accords/" in mail.body
    assert "Camille (Ville de Sable & Mer) prépare" in mail.body


@pytest.mark.parametrize(
    "cause",
    [
        lambda accord: type(accord).objects.update(etat="donne"),
        lambda accord: accord.partie.delete(),
        lambda accord: Test.objects.update(hypothese="Une autre."),
        lambda accord: Test.objects.update(etat="abandonne"),
        lambda accord: type(accord.partie).objects.update(email="ailleurs@exemple.fr"),
    ],
    ids=["answered", "person gone", "text changed", "test given up", "address corrected"],
)
def test_an_accord_that_no_longer_waits_is_not_asked(accord, mailoutbox, cause):
    cause(accord)
    assert _envoyer(mailoutbox, dt.date(2027, 3, 1)) == []
    assert Message.objects.filter(genre="accord_demande", etat="annule").exists()
