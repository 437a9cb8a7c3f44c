"""What follows a test: stop there, change one thing and begin again, or make it last and say so later."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from config.jours import PARIS
from rappels.envoi import envoyer_les_messages_dus
from rappels.models import Message
from tests.conftest import client_de
from tests.fabriques import un_membre, un_test_evalue, un_test_perennise
from tests_programme.manques import TransitionRefusee
from tests_programme.models import Evaluation
from tests_programme.tasks import replanifier


def adresse(test):
    return reverse("tests_programme:perennite", args=[test.pk])


@pytest.mark.parametrize(
    ("suites", "manquent"),
    [
        ("abandonner", {"suites_defait"}),
        ("iterer", {"suites_changement"}),
        ("perenniser", {"suites_porteur", "suites_cadre", "suites_date"}),
    ],
)
def test_each_kind_of_suites_asks_for_its_own(suites, manquent, en_etat):
    test = en_etat("rempli")
    Evaluation.objects.update(suites=suites, suites_changement="  ", suites_defait="")
    test.refresh_from_db()
    assert {m.etape for m in test.manques_pour_evaluer()} == manquent


def test_giving_up_is_said_without_shame_and_says_what_is_undone(organisation_a, agent_a):
    suites = {"suites": "abandonner", "suites_defait": "Les panneaux sont rendus à l'atelier."}
    test = un_test_evalue(organisation=organisation_a, evaluation=suites)
    page = Client().get(test.get_absolute_url()).content.decode()
    assert "le test a répondu" in page
    assert "Les panneaux sont rendus" in page


def test_the_next_test_begins_with_the_one_thing_that_changes(organisation_a, agent_a, referent_a):
    suites = {"suites": "iterer", "suites_changement": "On appelle le soir."}
    test = un_test_evalue(organisation=organisation_a, evaluation=suites)
    page = client_de(agent_a).get(test.get_absolute_url())
    assert page.context["boutons"][0].libelle == "Préparer le test suivant"
    reponse = client_de(agent_a).post(page.context["boutons"][0].adresse)
    suivant = test.suivants.get()
    assert reponse.url == reverse("tests_programme:etape", args=[suivant.pk, "essentiel"])
    assert suivant.changement == "On appelle le soir."
    assert suivant.criteres.get().valeur_depart == "42 dossiers"
    suivant_public = client_de(agent_a).get(suivant.get_absolute_url()).content.decode()
    assert "On appelle le soir." in suivant_public


def test_saying_whether_it_still_stands(organisation_a, agent_a, referent_a):
    test = un_test_perennise(organisation=organisation_a)
    client = client_de(agent_a)
    assert "Dire si cela tient toujours" in client.get(test.get_absolute_url()).content.decode()
    vide = client.post(adresse(test), {})
    assert vide.status_code == 422
    assert "Répondez par oui ou par non" in vide.content.decode()
    reponse = client.post(adresse(test), {"tient": "oui", "texte": "Deux samedis par mois."})
    assert reponse.url == test.get_absolute_url()
    page = Client().get(test.get_absolute_url()).content.decode()
    assert "Cela tient toujours." in page
    assert "Deux samedis par mois." in page
    lignes = test.journal.filter(action="dire_perennite")
    assert (lignes.get().libelle, lignes.get().par) == ("Tient toujours", agent_a)
    client.post(adresse(test), {"tient": "oui", "texte": "Deux samedis par mois."})
    assert lignes.count() == 1
    client_de(referent_a).post(adresse(test), {"tient": "non", "texte": "La subvention a cessé."})
    assert [ligne.libelle for ligne in lignes] == ["Tient toujours", "Ne tient plus"]
    assert "Cela ne tient plus." in Client().get(test.get_absolute_url()).content.decode()
    test.refresh_from_db()
    assert test.etat == "evalue"


def test_a_stranger_says_nothing_of_it(organisation_a, agent_a, clients):
    test = un_test_perennise(organisation=organisation_a)
    for role in ("habitant", "agent_b", "curateur", "administrateur"):
        assert clients[role].get(adresse(test)).status_code == 403
        assert clients[role].post(adresse(test), {"tient": "oui"}).status_code == 403
    assert Evaluation.objects.get(test=test).tient_dit_le is None


def test_what_was_not_to_last_is_not_asked_about(en_etat, agent_a):
    test = en_etat("evalue")
    assert client_de(agent_a).get(adresse(test)).url == test.get_absolute_url()
    with pytest.raises(TransitionRefusee):
        test.dire_perennite(par=agent_a, tient=True)
    assert client_de(agent_a).post(adresse(test), {"tient": "oui"}).status_code == 409


def _recus() -> list[str]:
    mail.outbox.clear()
    envoyer_les_messages_dus()
    return sorted(m.to[0] for m in mail.outbox if "tient-il" in m.subject)


def _le(mois: int, jour: int, annee: int = 2026) -> dt.datetime:
    return dt.datetime(annee, mois, jour, 9, tzinfo=PARIS)


@pytest.mark.django_db(transaction=True)
def test_it_is_asked_six_months_later_and_once_more(organisation_a, agent_a):
    un_membre(organisation_a)
    with time_machine.travel(_le(1, 12), tick=False) as temps:
        test = un_test_perennise(organisation=organisation_a, cree_par=agent_a)
        prevus = Message.objects.filter(genre__startswith="perennite", etat="prevu")
        assert prevus.count() == 4  # twice, to the porteuse and to who created it
        temps.move_to(_le(7, 10))
        replanifier()
        assert _recus() == []
        temps.move_to(_le(7, 13))
        replanifier()
        assert _recus() == sorted([agent_a.email, "porteuse@example.org"])
        assert "tient-il toujours" in mail.outbox[0].body.lower()
        temps.move_to(_le(8, 4))
        replanifier()
        assert len(_recus()) == 2
        temps.move_to(_le(12, 4))
        replanifier()
        assert _recus() == []
        assert test.journal.last().action == "evaluer"


@pytest.mark.django_db(transaction=True)
def test_once_answered_it_is_not_asked_again(organisation_a, agent_a):
    un_membre(organisation_a)
    with time_machine.travel(_le(1, 12), tick=False) as temps:
        test = un_test_perennise(organisation=organisation_a, cree_par=agent_a)
        test.dire_perennite(par=agent_a, tient=True)
        assert not Message.objects.filter(genre__startswith="perennite", etat="prevu").exists()
        temps.move_to(_le(7, 13))
        replanifier()
        assert _recus() == []


def test_it_is_asked_six_months_after_the_later_of_the_two_days(organisation_a, agent_a):
    test = un_test_perennise(organisation=organisation_a, at=_le(1, 12))
    evaluation = test.evaluation
    assert evaluation.jour_de_la_question == dt.date(2026, 7, 12)
    evaluation.suites_date = dt.date(2026, 3, 31)
    assert evaluation.jour_de_la_question == dt.date(2026, 9, 30)
    evaluation.suites = "iterer"
    assert evaluation.jour_de_la_question is None
