"""Accords on my page: only questions that may still be answered, only counts on today's text."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.jours import jour_de
from tests.conftest import client_de
from tests.fabriques import UtilisateurFactory, un_test_demarre, un_test_pret
from tests_programme.models import Accord

pytestmark = pytest.mark.django_db


def page(user):
    return client_de(user).get("/mon-espace/").content.decode()


def test_a_test_past_its_date_asks_nobody_to_prolong_it(organisation_a, agent_a, time_machine):
    test = un_test_demarre(organisation=organisation_a, jours=20)
    test.demander_prolongation(
        par=agent_a, nouvelle_date=jour_de() + dt.timedelta(days=25), motif="Un peu plus."
    )
    manager = UtilisateurFactory(email="manager@example.org")
    assert "Votre accord sur" in page(manager)
    time_machine.move_to(timezone.now() + dt.timedelta(days=21))
    test.refresh_from_db()
    assert test.etat == "en_cours"
    assert "Votre accord sur" not in page(manager)


def test_an_accord_on_an_older_text_is_neither_counted_nor_asked(organisation_a, agent_a):
    test = un_test_pret(organisation=organisation_a)
    Accord.objects.filter(partie__email="manager@example.org").update(etat="demande")
    manager = UtilisateurFactory(email="manager@example.org")
    assert "1 accord attendu" in page(agent_a)
    test.hypothese += " Et plus vite."
    test.save(update_fields=["hypothese"])
    espace = page(agent_a)
    assert "accord attendu" not in espace
    assert "Accords à demander" in espace
    assert "Votre accord sur" not in page(manager)


def test_more_drafts_and_questions_make_no_more_queries(organisation_a, agent_a):
    manager = UtilisateurFactory(email="manager@example.org")

    def remplir():
        un_test_pret(organisation=organisation_a)
        prolonge = un_test_demarre(organisation=organisation_a)
        prolonge.demander_prolongation(
            par=agent_a, nouvelle_date=jour_de() + dt.timedelta(days=70), motif="Encore."
        )
        Accord.objects.filter(partie__email=manager.email, objet="demarrage").update(etat="demande")

    def compter(user):
        with CaptureQueriesContext(connection) as requetes:
            page(user)
        return len(requetes)

    remplir()
    avant = compter(agent_a), compter(manager)
    for _ in range(4):
        remplir()
    assert (compter(agent_a), compter(manager)) == avant
