"""Late évaluations: nobody can miss them, everybody may see them, nobody is pilloried."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.test import Client

from config.jours import PARIS
from rappels.envoi import envoyer_les_messages_dus
from rappels.models import Message
from tests.conftest import client_de
from tests.fabriques import (
    OrganisationFactory,
    PisteFactory,
    ProgrammeFactory,
    UtilisateurFactory,
    remplir_l_evaluation,
    un_membre,
    un_test_a_evaluer,
    un_test_demarre,
    un_test_evalue,
    un_test_soumis,
)
from tests_programme.tasks import perimer, replanifier

PAGE = "/tests/en-retard/"


def _le(mois: int, jour: int, heure: int = 9) -> dt.datetime:
    return dt.datetime(2026, mois, jour, heure, tzinfo=PARIS)


def _recus() -> list[tuple[str, str]]:
    mail.outbox.clear()
    envoyer_les_messages_dus()
    return sorted((m.to[0], m.subject.split(" : ")[0]) for m in mail.outbox)


@pytest.fixture
def vivre(organisation_a, agent_a):
    """Plays the days one after the other; returns what left on each, about late évaluations."""

    def jusqu_a(temps, jours):
        partis = {}
        for jour in jours:
            temps.move_to(jour)
            perimer()
            replanifier()
            recus = [r for r in _recus() if "Sans évaluation" in r[1] or "relire" in r[1]]
            if recus:
                partis[jour.date().isoformat()] = sorted({adresse for adresse, _ in recus})
        return partis

    return jusqu_a


def _jours(debut: dt.datetime, nombre: int) -> list[dt.datetime]:
    return [debut + dt.timedelta(days=n) for n in range(nombre)]


@pytest.mark.django_db(transaction=True)
def test_the_curateurs_hear_of_it_every_fortnight_after_the_21st_day(
    organisation_a, agent_a, curateur, vivre
):
    with time_machine.travel(_le(3, 2), tick=False) as temps:
        un_test_demarre(organisation=organisation_a, cree_par=agent_a, jours=10)  # ends on 12 March
        partis = vivre(temps, _jours(_le(3, 13), 70))
    # Days 35, 49 and 63 after 12 March are Thursdays.
    assert partis == {
        "2026-04-16": [curateur.email],
        "2026-04-30": [curateur.email],
        "2026-05-14": [curateur.email],
    } or partis == {
        "2026-04-16": [curateur.email],
        "2026-04-30": [curateur.email],
        "2026-05-15": [curateur.email],  # the 14th is a public holiday
    }


@pytest.mark.django_db(transaction=True)
def test_the_animateurs_of_the_programme_hear_of_it_instead(
    organisation_a, agent_a, curateur, vivre
):
    programme, anime = ProgrammeFactory(), UtilisateurFactory()
    programme.animateurs.add(anime)
    with time_machine.travel(_le(3, 2), tick=False) as temps:
        un_test_demarre(
            organisation=organisation_a, cree_par=agent_a, jours=10, programme=programme
        )
        partis = vivre(temps, _jours(_le(4, 15), 3))
    assert partis == {"2026-04-16": [anime.email]}


@pytest.mark.django_db(transaction=True)
def test_one_alert_is_planned_ahead_whoever_plans_twice(organisation_a, agent_a, curateur):
    with time_machine.travel(_le(3, 2), tick=False) as temps:
        test = un_test_demarre(organisation=organisation_a, cree_par=agent_a, jours=10)
        alertes = Message.objects.filter(genre="evaluation_animation")
        assert not alertes.exists()
        temps.move_to(_le(3, 14))
        for _ in range(3):
            replanifier()
        assert alertes.get().cle.endswith("2026-04-16")
        # The workers sleep for three weeks: the one that was due waits, the next is planned.
        temps.move_to(_le(4, 20))
        replanifier()
        assert sorted(m.cle[-10:] for m in alertes.filter(etat="prevu")) == [
            "2026-04-16",
            "2026-04-30",
        ]
        remplir_l_evaluation(test)
        test.soumettre(par=agent_a)
        test.evaluer(par=curateur)
        assert not alertes.filter(etat="prevu").exists()


@pytest.mark.django_db(transaction=True)
def test_after_an_outage_only_the_nearest_alert_leaves(organisation_a, agent_a, curateur):
    with time_machine.travel(_le(3, 2), tick=False) as temps:
        un_test_demarre(organisation=organisation_a, cree_par=agent_a, jours=10)
        for jour in (_le(3, 20), _le(4, 20)):
            temps.move_to(jour)
            replanifier()
        temps.move_to(_le(5, 4))
        alertes = [r for r in _recus() if "Sans évaluation" in r[1]]
        assert len(alertes) == 1


@pytest.mark.django_db(transaction=True)
def test_submitted_the_reminders_go_to_the_readers(organisation_a, agent_a, referent_a, curateur):
    with time_machine.travel(_le(3, 2), tick=False) as temps:
        test = un_test_soumis(organisation=organisation_a, cree_par=agent_a, par=agent_a)
        assert not Message.objects.filter(genre__startswith="evaluation_7", etat="prevu").exists()
        envoyer_les_messages_dus()
        temps.move_to(_le(3, 9))
        assert _recus() == [(referent_a.email, "Toujours à relire")]
        temps.move_to(_le(3, 23))
        replanifier()
        assert _recus() == [
            (curateur.email, "Toujours à relire"),
            (referent_a.email, "Toujours à relire"),
        ]
        temps.move_to(_le(4, 6, 10))
        replanifier()
        # Waiting for its reader, it is still late: who animates hears of it.
        temps.move_to(_le(4, 7, 10))
        assert [qui for qui, quoi in _recus() if "Sans évaluation" in quoi] == [curateur.email]
        assert "attend la lecture d'une seconde personne" in mail.outbox[0].body
        assert test.etat == "a_evaluer"


@pytest.mark.django_db(transaction=True)
def test_handed_back_what_was_due_meanwhile_is_not_said_as_if_late(
    organisation_a, agent_a, referent_a
):
    with time_machine.travel(_le(3, 2), tick=False) as temps:
        test = un_test_soumis(organisation=organisation_a, cree_par=agent_a, par=agent_a)
        envoyer_les_messages_dus()
        temps.move_to(_le(3, 12))
        test.rendre(par=referent_a, remarque="Et les voix ?")
        assert _recus() == [(agent_a.email, "Évaluation à revoir")]
        temps.move_to(_le(3, 23))
        assert {quoi for _, quoi in _recus()} == {
            "Dernier rappel, évaluation en retard",
            "Un test attend son évaluation",
        }


@pytest.fixture
def trois_organisations(db):
    noms = ("Angers", "Brest", "Caen")
    return [OrganisationFactory(nom=nom) for nom in noms]


def test_the_page_counts_them_for_each_organisation(trois_organisations):
    angers, brest, caen = trois_organisations
    for _ in range(7):
        un_test_a_evaluer(organisation=angers)
    (un_test_a_evaluer(organisation=brest), un_test_evalue(organisation=caen))
    page = Client().get(PAGE)
    html = page.content.decode()
    assert [(r.organisation, r.nombre, len(r.tests)) for r in page.context["retards"]] == [
        (angers, 7, 5),
        (brest, 1, 1),
    ]
    assert "Et 2 autres" in html
    assert f"/tests/?etat=a_evaluer&amp;organisation={angers.pk}" in html
    assert "Caen" not in html


def test_a_test_past_its_date_is_there_without_a_worker(en_etat):
    test = en_etat("perime")
    assert test.titre in Client().get(PAGE).content.decode()


@pytest.mark.parametrize("etat", ["preparation", "en_cours", "evalue", "abandonne"])
def test_nothing_else_is_there(etat, en_etat):
    en_etat(etat)
    page = Client().get(PAGE)
    assert page.context["retards"] == []
    assert "Aucun test n'attend son évaluation" in page.content.decode()


def test_a_private_test_is_counted_for_who_may_see_it(organisation_a, agent_a, clients):
    un_test_a_evaluer(organisation=organisation_a, visibilite="prive")
    for role, vu in {"visiteur": 0, "agent_b": 0, "agent_a": 1, "curateur": 1}.items():
        assert len(clients[role].get(PAGE).context["retards"]) == vu, role


def test_a_submitted_one_says_that_it_is_being_read(organisation_a, agent_a):
    un_test_soumis(organisation=organisation_a)
    html = Client().get(PAGE).content.decode()
    assert "en cours de relecture" in html


def test_the_page_goes_on_after_twenty_organisations_and_costs_the_same(
    db, django_assert_max_num_queries
):
    piste = PisteFactory()
    for n in range(23):
        un_test_a_evaluer(organisation=OrganisationFactory(nom=f"Ville {n:02}"), piste=piste)
    with django_assert_max_num_queries(3):
        page = Client().get(PAGE)
    assert len(page.context["retards"]) == 20
    suite = Client().get(PAGE + page.context["suivante"])
    assert [r.organisation.nom for r in suite.context["retards"]] == ["Ville 20", "Ville 21", "Ville 22"]  # fmt: skip
    assert suite.context["suivante"] == ""
    assert 'href="/tests/en-retard/"' in suite.content.decode()


@pytest.mark.parametrize("apres", ["%00", "%27;--", "z" * 2000, "Ville&n=99999999999999999999", ""])
def test_a_place_that_means_nothing_is_no_error(apres, db):
    assert Client().get(f"{PAGE}?apres={apres}").status_code == 200


def test_the_list_of_tests_and_the_home_page_lead_there(db, agent_a):
    un_membre(agent_a.adhesions.get().organisation)
    assert f'href="{PAGE}"' in Client().get("/tests/").content.decode()
    assert client_de(agent_a).get(PAGE).status_code == 200
