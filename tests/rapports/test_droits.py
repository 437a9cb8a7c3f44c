"""Who may export: whoever is signed in, what they may read; who sees all that left: administrateur·rices."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from rapports.models import ExportFait
from tests.conftest import ROLES, client_de
from tests.fabriques import TestFactory
from tests.rapports.lecture import telecharger, tout

ADRESSES = [
    "/exports/",
    "/exports/tests.csv",
    "/exports/tests.xlsx",
    "/exports/pistes.csv",
    "/exports/pistes.xlsx",
]


@pytest.mark.parametrize("adresse", ADRESSES)
def test_whoever_is_signed_in_opens_the_exports(adresse, clients):
    for role in ROLES:
        reponse = clients[role].get(adresse)
        tout(reponse)
        if role == "visiteur":
            assert reponse.status_code == 302
            assert reponse.url.startswith("/compte/login/")
        else:
            assert reponse.status_code == 200, role


def test_one_sees_what_one_took_and_the_administrateur_what_everybody_took(clients, agent_a):
    tout(clients["agent_a"].get("/exports/tests.csv?q=creche"))
    for role, vu in [("agent_a", True), ("agent_b", False), ("administrateur", True)]:
        assert ("q : creche" in clients[role].get("/exports/").content.decode()) is vu, role


def test_a_closed_account_exports_nothing(administrateur):
    client = client_de(administrateur)
    administrateur.is_active = False
    administrateur.save()
    assert client.get("/exports/tests.csv").status_code == 302


@pytest.mark.parametrize("adresse", ["/exports/secrets.csv", "/exports/tests.pdf"])
def test_there_is_no_other_export(adresse, client_admin):
    assert client_admin.get(adresse).status_code == 404


@pytest.mark.parametrize("adresse", ADRESSES)
def test_exports_are_only_read(adresse, client_admin):
    assert client_admin.post(adresse).status_code == 405


def test_the_links_show_to_whoever_is_signed_in(rf, administrateur, agent_a):
    from django.template.loader import render_to_string

    for user, visible in [(administrateur, True), (agent_a, True), (AnonymousUser(), False)]:
        requete = rf.get("/tests/?etat=evalue&page=3")
        requete.user = user
        html = render_to_string("rapports/liens_export.html", {"quoi": "tests"}, requete)
        assert ('href="/exports/tests.csv?etat=evalue"' in html) is visible
        assert ("/exports/tests.xlsx?etat=evalue" in html) is visible


def test_the_administration_shows_the_journal_and_changes_nothing(client_admin):
    from rapports.models import ExportFait

    TestFactory()
    telecharger(client_admin, "/exports/tests.csv")
    fait = ExportFait.objects.get()
    assert client_admin.get("/administration/rapports/exportfait/").status_code == 200
    detail = f"/administration/rapports/exportfait/{fait.pk}"
    assert client_admin.get(f"{detail}/change/").status_code == 200
    assert client_admin.post(f"{detail}/delete/", {"post": "yes"}).status_code == 403
    assert ExportFait.objects.count() == 1


def test_an_export_is_dated_of_its_paris_day(client_admin, time_machine):
    time_machine.move_to(dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC), tick=False)
    tout(client_admin.get("/exports/tests.csv"))
    fait = ExportFait.objects.get()
    page = client_admin.get(reverse("admin:rapports_exportfait_change", args=[fait.pk]))
    assert "tests.csv (02/07/2026)" in page.content.decode()
