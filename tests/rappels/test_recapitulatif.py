"""Digests: what people chose, and that nothing is lost or doubled on the way."""

import datetime as dt
import threading

import pytest
import time_machine
from django.db import connection

from config.jours import PARIS
from rappels import boite, choix
from rappels.envoi import envoyer_les_messages_dus
from rappels.models import Message, Preference
from tests.fabriques import OrganisationFactory, un_membre, un_test_demarre

pytestmark = pytest.mark.django_db(transaction=True)
CAMILLE = "camille@exemple.fr"


def _le(texte, heure=9):
    return dt.datetime.combine(dt.date.fromisoformat(texte), dt.time(heure), tzinfo=PARIS)


def _envoyer(texte, heure=9):
    with time_machine.travel(_le(texte, heure), tick=False):
        return envoyer_les_messages_dus()


def _etats():
    return dict(Message.objects.exclude(genre="recapitulatif").values_list("cle", "etat"))


@pytest.fixture
def trois(planifier):
    """Three messages due on Monday, Tuesday and Wednesday morning."""
    for jour in ("2026-11-23", "2026-11-24", "2026-11-25"):
        planifier("camille", cle=jour, prevu_le=_le(jour, 8), objet=f"Du {jour}")


def test_without_a_choice_each_message_leaves_alone(trois, mailoutbox):
    for jour in ("2026-11-23", "2026-11-24", "2026-11-25"):
        _envoyer(jour)
    assert [mail.subject for mail in mailoutbox] == [f"Du 2026-11-{n}" for n in (23, 24, 25)]


def test_a_daily_digest_brings_the_day_before(trois, mailoutbox):
    choix.choisir("Camille@Exemple.fr", "quotidien")
    _envoyer("2026-11-23")
    assert _etats()["2026-11-23"] == "rassemble"
    assert mailoutbox == []
    _envoyer("2026-11-24", 7)
    assert mailoutbox == []
    _envoyer("2026-11-24", 8)
    [mail] = mailoutbox
    assert mail.subject == "Du 2026-11-23"
    assert "récapitulatif" in mail.body
    assert _etats() == {
        "2026-11-23": "envoye",
        "2026-11-24": "rassemble",
        "2026-11-25": "prevu",
    }


def test_a_weekly_digest_brings_the_week_on_monday(trois, mailoutbox):
    choix.choisir(CAMILLE, "hebdomadaire")
    for jour in ("2026-11-23", "2026-11-24", "2026-11-25", "2026-11-27"):
        _envoyer(jour)
    assert mailoutbox == []
    _envoyer("2026-11-30", 8)
    [mail] = mailoutbox
    assert mail.subject == "Récapitulatif : 3 rappels"
    html = mail.alternatives[0].content
    for numero in (23, 24, 25):
        assert f"Du 2026-11-{numero}" in mail.body
        assert f"<h2>Du 2026-11-{numero}</h2>" in html
    assert html.count("<!doctype html>") == html.count("<h1") == 1
    assert set(_etats().values()) == {"envoye"}
    assert _envoyer("2026-11-30", 9).envoyes == 0
    assert _envoyer("2026-12-07", 8).envoyes == 0


def test_a_digest_never_leaves_on_a_day_off(planifier, mailoutbox):
    choix.choisir(CAMILLE, "quotidien")
    planifier("camille", prevu_le=_le("2026-12-24", 8))
    _envoyer("2026-12-24")
    _envoyer("2026-12-25", 12)
    assert mailoutbox == []
    _envoyer("2026-12-28", 8)
    assert len(mailoutbox) == 1


def test_none_is_none_and_what_must_be_known_is_sent(mailoutbox):
    organisation = OrganisationFactory()
    agente = un_membre(organisation)
    with time_machine.travel(_le("2026-11-23"), tick=False):
        un_test_demarre(organisation=organisation, cree_par=agente, jours=60)
    choix.choisir(agente.email, "aucun")
    Message.objects.exclude(destinataire=agente.email).delete()
    jour = dt.date(2026, 11, 23)
    while jour < dt.date(2027, 2, 1):
        _envoyer(jour.isoformat(), 9)
        jour += dt.timedelta(days=1)
    genres = Message.objects.filter(etat="envoye").order_by("pk").values_list("genre", flat=True)
    assert set(genres) == {"peremption_0", "evaluation_1"}
    refuses = Message.objects.filter(etat="annule", genre__in=["peremption_14", "peremption_3"])
    assert all("que l'indispensable" in message.derniere_erreur for message in refuses)
    assert refuses.count() == 2


def test_what_became_stale_falls_out_and_an_empty_digest_does_not_leave(planifier, mailoutbox):
    choix.choisir(CAMILLE, "quotidien")
    planifier("camille", cle="a", prevu_le=_le("2026-11-23", 8), objet="Celui qui reste")
    planifier("camille", cle="b", prevu_le=_le("2026-11-23", 8), sujet="essai:2")
    planifier("camille", cle="c", prevu_le=_le("2026-11-23", 8), objet="Annulé", sujet="essai:3")
    _envoyer("2026-11-23")
    Message.objects.filter(cle="b").update(donnees={"sans_objet": True})
    boite.annuler(sujet="essai:3")
    _envoyer("2026-11-24")
    [mail] = mailoutbox
    assert mail.subject == "Celui qui reste"
    assert _etats() == {"a": "envoye", "b": "annule", "c": "annule"}
    planifier("camille", cle="d", prevu_le=_le("2026-11-24", 10), sujet="essai:4")
    _envoyer("2026-11-24", 11)
    boite.annuler(sujet="essai:4")
    _envoyer("2026-11-25")
    assert len(mailoutbox) == 1
    assert Message.objects.filter(genre="recapitulatif", etat="annule").count() == 1


@pytest.mark.parametrize(
    ("nouveau", "jour"),
    [("immediat", "2026-11-24"), ("quotidien", "2026-11-25"), ("hebdomadaire", "2026-11-30")],
)
def test_a_change_while_messages_wait_loses_nothing_and_doubles_nothing(
    planifier, mailoutbox, nouveau, jour
):
    choix.choisir(CAMILLE, "hebdomadaire")
    planifier("camille", cle="avant", prevu_le=_le("2026-11-23", 8), objet="Avant")
    planifier("camille", cle="apres", prevu_le=_le("2026-11-24", 10), objet="Après")
    _envoyer("2026-11-23")
    with time_machine.travel(_le("2026-11-24", 9), tick=False):
        choix.choisir(CAMILLE, nouveau)
    recus = []
    for numero in (24, 25, 26, 27, 30):
        mailoutbox.clear()
        _envoyer(f"2026-11-{numero}", 12)
        recus += [(f"2026-11-{numero}", mail.body) for mail in mailoutbox]
    assert sum(body.count("1. Avant") for _, body in recus) == 1
    assert set(_etats().values()) == {"envoye"}
    assert next(quand for quand, body in recus if "Avant" in body) == jour


def test_choosing_none_stops_the_digest_that_waits(planifier, mailoutbox):
    choix.choisir(CAMILLE, "quotidien")
    planifier("camille", cle="a", prevu_le=_le("2026-11-23", 8))
    _envoyer("2026-11-23")
    choix.choisir(CAMILLE, "aucun")
    _envoyer("2026-11-24")
    assert mailoutbox == []
    assert set(Message.objects.values_list("etat", flat=True)) == {"annule"}


def test_planning_again_does_not_take_a_message_out_of_its_digest(planifier, mailoutbox):
    choix.choisir(CAMILLE, "quotidien")
    planifier("camille", cle="a", prevu_le=_le("2026-11-23", 8))
    _envoyer("2026-11-23")
    planifier("camille", cle="a", prevu_le=_le("2026-11-23", 8))
    assert _etats() == {"a": "rassemble"}
    _envoyer("2026-11-24")
    planifier("camille", cle="a", prevu_le=_le("2026-11-23", 8))
    _envoyer("2026-11-24", 12)
    assert len(mailoutbox) == 1


def test_one_that_cannot_be_written_does_not_hold_up_the_digest(planifier, mailoutbox):
    choix.choisir(CAMILLE, "quotidien")
    planifier("camille", cle="a", prevu_le=_le("2026-11-23", 8), objet="Bien")
    planifier("camille", cle="b", prevu_le=_le("2026-11-23", 8), sujet="essai:2", leve=True)
    _envoyer("2026-11-23")
    _envoyer("2026-11-24")
    assert [mail.subject for mail in mailoutbox] == ["Bien"]
    casse = Message.objects.get(cle="b")
    assert (casse.etat, casse.tentatives, casse.recapitulatif) == ("prevu", 1, None)
    assert "le rédacteur est tombé" in casse.derniere_erreur
    Message.objects.filter(cle="b").update(donnees={"objet": "Réparé"})
    _envoyer("2026-11-24", 12)
    assert [mail.subject for mail in mailoutbox] == ["Bien", "Réparé"]


def test_a_digest_refused_by_the_server_can_be_sent_again_whole(planifier, courrier):
    choix.choisir("refuse@exemple.fr", "quotidien")
    courrier.pannes["refuse"] = 1
    planifier("refuse", cle="a", prevu_le=_le("2026-11-23", 8))
    _envoyer("2026-11-23")
    assert _envoyer("2026-11-24").echoues == 1
    assert _etats() == {"a": "rassemble"}
    boite.renvoyer(Message.objects.filter(etat="echoue"))
    _envoyer("2026-11-24", 10)
    assert courrier.destinataires() == {"refuse@exemple.fr": 1}
    assert _etats() == {"a": "envoye"}


def test_a_worker_dead_before_its_mark_repeats_the_same_digest(planifier, courrier, monkeypatch):
    from rappels import envoi

    choix.choisir(CAMILLE, "quotidien")
    planifier("camille", cle="a", prevu_le=_le("2026-11-23", 8))
    _envoyer("2026-11-23")

    def mourir(message):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(envoi, "_marquer_parti", mourir)
        with pytest.raises(KeyboardInterrupt):
            _envoyer("2026-11-24")
    for heure in (10, 11, 12):
        _envoyer("2026-11-24", heure)
    assert courrier.destinataires() == {CAMILLE: 2}
    assert len(courrier.identifiants()) == 1
    assert _etats() == {"a": "envoye"}


def test_one_tried_already_leaves_as_the_mail_it_was(planifier, courrier):
    """The server may have had it: as a digest it would be a second mail."""
    courrier.pannes["plus-tard"] = 1
    planifier("plus-tard", cle="a", prevu_le=_le("2026-11-23", 8), objet="Seul")
    _envoyer("2026-11-23")
    choix.choisir("plus-tard@exemple.fr", "hebdomadaire")
    _envoyer("2026-11-23", 10)
    assert [mail["Subject"] for mail in courrier.recus] == ["Seul"]


def test_two_workers_at_once_gather_one_digest(planifier, mailoutbox):
    choix.choisir(CAMILLE, "quotidien")
    for n in range(120):
        planifier("camille", cle=f"{n}", prevu_le=_le("2026-11-23", 8), sujet=f"essai:{n}")

    def travailler():
        try:
            envoyer_les_messages_dus()
        finally:
            connection.close()

    with time_machine.travel(_le("2026-11-23"), tick=False):
        fils = [threading.Thread(target=travailler) for _ in range(3)]
        for fil in fils:
            fil.start()
        for fil in fils:
            fil.join()
    assert Message.objects.filter(genre="recapitulatif").count() == 1
    _envoyer("2026-11-24")
    assert [mail.subject for mail in mailoutbox] == ["Récapitulatif : 120 rappels"]
    assert set(_etats().values()) == {"envoye"}


def test_the_claim_asks_the_same_number_of_queries_whoever_wants_digests(
    planifier, mailoutbox, django_assert_max_num_queries
):
    for n in range(40):
        planifier(f"p{n}", prevu_le=_le("2026-11-23", 8))
    from rappels import prise

    with (
        time_machine.travel(_le("2026-11-23"), tick=False),
        django_assert_max_num_queries(6),
    ):
        assert len(prise.prendre("00000000-0000-0000-0000-000000000001")) == 40


def test_real_reminders_are_readable_in_a_digest(mailoutbox):
    organisation = OrganisationFactory()
    agente = un_membre(organisation)
    with time_machine.travel(_le("2026-11-23"), tick=False):
        for titre in ("Premier", "Second"):
            un_test_demarre(organisation=organisation, cree_par=agente, jours=60, titre=titre)
    choix.choisir(agente.email, "quotidien")
    Message.objects.exclude(destinataire=agente.email).delete()
    _envoyer("2027-01-08")
    _envoyer("2027-01-11")
    [mail] = mailoutbox
    html = mail.alternatives[0].content
    assert mail.body.count("Bonjour") == html.count("Bonjour") == 1
    assert mail.body.count("n'y répondez pas") == 1
    assert "1. Fin du test dans 11 jours : Premier" in mail.body
    assert "devait partir" not in mail.body  # waiting for its digest is not being late
    assert html.count("<h1") == 1
    assert "<h3>Le retour en arrière que vous aviez prévu</h3>" in html
    assert "&lt;h" not in html
    noms = [piece[0] for piece in mail.attachments]
    assert noms == ["fin-du-test.ics", "fin-du-test-2.ics"]


def test_a_choice_follows_the_address(planifier):
    choix.choisir(CAMILLE, "aucun")
    choix.demenager(CAMILLE, "Nouvelle@Exemple.fr")
    assert list(Preference.objects.values_list("adresse", "rythme")) == [
        ("nouvelle@exemple.fr", "aucun")
    ]


def test_a_digest_that_will_never_leave_is_told_for_what_it_brings(courrier, organisation_a):
    from rappels.echecs import GENRE

    referente = un_membre(organisation_a, "referent")
    test = un_test_demarre(organisation=organisation_a)
    Message.objects.all().delete()
    choix.choisir("refuse@exemple.fr", "quotidien")
    for n in range(2):
        boite.planifier(
            genre="essai",
            sujet=f"test:{test.pk}",
            destinataire="refuse@exemple.fr",
            cle=f"{n}",
            prevu_le=_le("2026-11-23", 8),
        )
    _envoyer("2026-11-23")
    assert _envoyer("2026-11-24").echoues == 1
    dits = Message.objects.filter(genre=GENRE).values_list("destinataire", "sujet")
    assert list(dits) == [(referente.email, f"test:{test.pk}")]
