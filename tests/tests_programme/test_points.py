"""The regular points: planned with the rhythm, held in three answers, reminded once."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.jours import instant_de, jour_de
from rappels.calendrier import est_ouvre
from rappels.models import Message
from tests.conftest import client_de
from tests.fabriques import ProgrammeFactory, donner_les_accords, un_test_demarre, un_test_pret
from tests_programme import points, tasks
from tests_programme.courriels_points import point_manque, point_prevu
from tests_programme.models import PointRegulier

LUNDI = dt.date(2026, 3, 2)
OUI = {"constat": "Ils viennent plus tôt.", "inquietude": "", "on_continue": "oui"}


@pytest.fixture
def test(organisation_a, agent_a):
    """A test started on Monday 2 March 2026 for eight weeks, with a point every week."""
    with time_machine.travel(instant_de(LUNDI, 9), tick=False):
        test = un_test_demarre(organisation=organisation_a, jours=56, rythme_points="semaine")
    test.refresh_from_db()
    return test


@pytest.fixture
def le(request):
    """Travel to a day at noon; come back at the end."""

    def aller(jour, heure=12):
        voyage = time_machine.travel(instant_de(jour, heure), tick=False)
        voyage.start()
        request.addfinalizer(voyage.stop)

    return aller


def adresse(test, nom="points", *args):
    return reverse(f"tests_programme:{nom}", args=[test.pk, *args])


def jours(test):
    return list(test.points.values_list("prevu_le", flat=True))


def prevus(genre):
    return list(
        Message.objects.filter(genre=genre, etat="prevu")
        .order_by("cle")
        .values_list("donnees__annonce", flat=True)
    )


def test_the_start_plans_working_days_until_the_last_one(test):
    assert len(jours(test)) == 8
    assert all(est_ouvre(jour) for jour in jours(test))
    # Easter Monday, 6 April 2026, is a holiday: the point moves to Tuesday.
    assert dt.date(2026, 4, 7) in jours(test)
    assert max(jours(test)) <= test.date_peremption


@pytest.mark.parametrize(("rythme", "nombre"), [("", 0), ("quinzaine", 4), ("mois", 1)])
def test_each_rhythm_has_its_points(organisation_a, agent_a, rythme, nombre):
    test = un_test_demarre(organisation=organisation_a, jours=56, rythme_points=rythme)
    assert test.points.count() == nombre


def test_a_draft_plans_nothing(organisation_a, agent_a):
    assert not un_test_pret(organisation=organisation_a, rythme_points="semaine").points.exists()


def test_stopping_takes_off_the_points_to_come_and_keeps_the_others(test, agent_a, le):
    le(dt.date(2026, 3, 18))
    test.points.filter(prevu_le=dt.date(2026, 3, 9)).update(tenu_le=instant_de(LUNDI))
    test.arreter(par=agent_a, motif="La météo.")
    assert jours(test) == [dt.date(2026, 3, 9), dt.date(2026, 3, 16)]
    assert prevus("point_prevu") == prevus("point_manque") == []


def test_an_extension_adds_the_points_of_the_weeks_to_come(test, agent_a, le):
    le(dt.date(2026, 4, 20))
    avant = jours(test)
    nouvelle = test.date_peremption + dt.timedelta(days=21)
    test.demander_prolongation(par=agent_a, nouvelle_date=nouvelle, motif="Vacances.")
    donner_les_accords(test)
    test.prolonger(par=agent_a)
    assert jours(test)[: len(avant)] == avant
    assert len(jours(test)) == len(avant) + 3


def test_planning_again_changes_nothing(test, le):
    le(LUNDI)
    avant = jours(test), prevus("point_prevu"), prevus("point_manque")
    points.replanifier(test)
    tasks.replanifier()
    assert (jours(test), prevus("point_prevu"), prevus("point_manque")) == avant
    # Three points ahead, for one porteuse and who created the test.
    assert len(set(prevus("point_prevu"))) == points.FENETRE


def test_the_invitation_leaves_on_the_morning_and_the_reminder_two_working_days_later(test):
    instants = dict(
        Message.objects.filter(donnees__annonce="2026-04-03").values_list("genre", "prevu_le")
    )
    assert instants == {}  # out of the window so far
    invitation = Message.objects.filter(genre="point_prevu", donnees__annonce="2026-03-16").first()
    rappel = Message.objects.filter(genre="point_manque", donnees__annonce="2026-03-16").first()
    assert invitation.prevu_le == instant_de(dt.date(2026, 3, 16), 8)
    assert rappel.prevu_le == instant_de(dt.date(2026, 3, 18), 8)


def test_the_nightly_planning_announces_the_next_ones(test, le):
    le(dt.date(2026, 3, 17), 6)
    tasks.replanifier()
    # Past ones are neither said again nor forgotten: they left, or wait in the outbox.
    assert "2026-03-30" in prevus("point_prevu")


def message(genre, annonce, test, destinataire="porteuse@example.org"):
    return Message.objects.filter(
        genre=genre, donnees__annonce=annonce, destinataire=destinataire
    ).first()


def test_the_invitation_speaks_of_the_day_only(test, le):
    invitation = message("point_prevu", "2026-03-16", test)
    le(dt.date(2026, 3, 16))
    courriel = point_prevu(invitation)
    assert "Le point d'aujourd'hui" in courriel.objet
    assert f"/tests/{test.pk}/points/" in courriel.texte
    le(dt.date(2026, 3, 17))
    assert point_prevu(invitation) is None


def test_a_missed_point_is_reminded_once_with_its_day(test, le):
    rappel = message("point_manque", "2026-03-16", test)
    le(dt.date(2026, 3, 18))
    courriel = point_manque(rappel)
    assert "lundi 16 mars 2026" in courriel.texte
    # The next one has come: it speaks for both.
    le(dt.date(2026, 3, 23))
    assert point_manque(rappel) is None


def test_who_no_longer_bears_the_test_is_not_told(test, le):
    rappel = message("point_manque", "2026-03-16", test)
    test.parties.filter(role="porteur").update(email="autre@example.org")
    le(dt.date(2026, 3, 18))
    assert point_manque(rappel) is None


def test_holding_a_point_cancels_its_messages_and_leaves_a_line(test, agent_a, le):
    le(dt.date(2026, 3, 16))
    client = client_de(agent_a)
    page = client.get(adresse(test))
    assert page.context["a_tenir"].prevu_le == jour_de()
    point = page.context["a_tenir"]
    reponse = client.post(
        adresse(test, "point", point.pk), {**OUI, "version": page.context["version"]}
    )
    assert reponse.url == adresse(test)
    point.refresh_from_db()
    assert (point.constat, point.on_continue, point.par) == (
        "Ils viennent plus tôt.",
        True,
        agent_a,
    )
    assert "2026-03-16" not in prevus("point_manque") + prevus("point_prevu")
    ligne = test.journal.last()
    assert (ligne.action, ligne.libelle) == ("tenir_point", "Point du 16/03/2026 : on continue")


def test_a_point_may_be_held_outside_the_plan_once_a_day(test, agent_a, le):
    le(dt.date(2026, 3, 4))
    client = client_de(agent_a)
    assert client.get(adresse(test)).context["a_tenir"].pk is None
    for _ in range(2):
        vide = PointRegulier().version()
        assert client.post(adresse(test), {**OUI, "version": vide}).status_code == 302
    assert test.points.filter(tenu_le__isnull=False).count() == 1
    assert test.journal.filter(action="tenir_point").count() == 1
    assert client.get(adresse(test)).context["a_tenir"] is None


def test_no_offers_to_stop_the_test(test, agent_a, le):
    le(dt.date(2026, 3, 16))
    client = client_de(agent_a)
    client.post(adresse(test), {**OUI, "on_continue": "non", "version": PointRegulier().version()})
    assert adresse(test, "arreter") in client.get(adresse(test)).content.decode()


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"constat": ""}, "Écrivez quelques mots"),
        ({"on_continue": ""}, "Dites si on continue"),
        ({"on_continue": "peut-être"}, "peut-être"),
        ({"constat": "x" * 20_001}, "caractères"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(test, agent_a, le, champs, dit):
    le(dt.date(2026, 3, 16))
    refus = client_de(agent_a).post(adresse(test), {**OUI, "inquietude": "Le froid", **champs})
    assert refus.status_code == 422
    assert dit in refus.content.decode()
    assert "Le froid" in refus.content.decode()
    assert not test.points.filter(tenu_le__isnull=False).exists()


def test_two_people_hold_the_same_point_and_both_are_shown(test, agent_a, referent_a, le):
    le(dt.date(2026, 3, 16))
    vue = PointRegulier().version()
    client_de(referent_a).post(adresse(test), {**OUI, "constat": "Le premier", "version": vue})
    client = client_de(agent_a)
    page = client.post(adresse(test), {**OUI, "constat": "Le second", "version": vue})
    assert page.status_code == 409
    html = page.content.decode()
    assert "Le premier" in html
    assert "Le second" in html
    client.post(adresse(test), {**OUI, "constat": "Les deux", "version": page.context["version"]})
    point = test.points.get(prevu_le=jour_de())
    assert (point.constat, point.par) == ("Les deux", referent_a)
    assert test.journal.filter(action="tenir_point").count() == 1


def test_a_point_to_come_waits_for_its_day(test, agent_a, le):
    le(dt.date(2026, 3, 10))
    client, point = client_de(agent_a), test.points.get(prevu_le=dt.date(2026, 3, 16))
    chemin = adresse(test, "point", point.pk)
    assert "pas encore eu lieu" in client.get(chemin).content.decode()
    refus = client.post(chemin, {**OUI, "version": point.version()})
    assert refus.status_code == 409
    assert "Ils viennent plus tôt." in refus.content.decode()


def test_once_the_test_is_over_points_are_read(test, agent_a, le):
    le(dt.date(2026, 3, 16))
    client = client_de(agent_a)
    client.post(adresse(test), {**OUI, "version": PointRegulier().version()})
    le(dt.date(2026, 5, 30))
    client = client_de(agent_a)
    refus = client.post(adresse(test), {**OUI, "constat": "Trop tard"})
    assert refus.status_code == 409
    assert "Trop tard" in refus.content.decode()
    html = client.get(adresse(test)).content.decode()
    assert "Ils viennent plus tôt." in html
    assert "<textarea" not in html


def test_team_animation_and_platform_read_the_others_do_not(test, clients, agent_b, le):
    le(dt.date(2026, 3, 16))
    ouverts = {r for r, c in clients.items() if c.get(adresse(test)).status_code == 200}
    assert ouverts == {"agent_a", "referent_a", "curateur", "administrateur"}
    programme = ProgrammeFactory()
    test.programme = programme
    test.save()
    programme.animateurs.add(agent_b)
    assert clients["agent_b"].get(adresse(test)).status_code == 200
    assert clients["agent_b"].post(adresse(test), OUI).status_code == 403


def test_the_list_costs_the_same_and_its_pages_follow(test, agent_a, le):
    le(dt.date(2026, 4, 24))
    client = client_de(agent_a)

    def cout():
        with CaptureQueriesContext(connection) as requetes:
            assert client.get(adresse(test)).status_code == 200
        return len(requetes)

    avant = cout()
    for n in range(30):
        test.points.create(
            prevu_le=dt.date(2026, 1, 1) + dt.timedelta(days=n),
            tenu_le=instant_de(LUNDI),
            constat=f"Vu {n}",
            on_continue=True,
            par=agent_a,
        )
    assert cout() == avant
    vus, suite = [], adresse(test)
    while suite:
        page = client.get(suite)
        vus += [point.prevu_le for point in page.context["passes"]]
        suite = page.context["suivante"] and adresse(test) + page.context["suivante"]
    assert vus == sorted((j for j in jours(test) if j < jour_de()), reverse=True)
