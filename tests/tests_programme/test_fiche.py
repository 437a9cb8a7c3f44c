"""The page of a test: the same facts for everybody, people for the team alone."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import ROLES
from tests.tests_programme.conftest import EN_ETAT
from tests_programme.models import Test


@pytest.mark.parametrize("etat", EN_ETAT)
def test_no_contact_and_no_name_leaves_the_team(en_etat, clients, etat):
    test = en_etat(etat)
    for role in ROLES:
        reponse = clients[role].get(test.get_absolute_url())
        if reponse.status_code == 404:
            continue
        html = reponse.content.decode()
        membre = role in {"agent_a", "referent_a"}
        assert ("porteuse@example.org" in html) == (membre and etat != "preparation"), role
        assert ("journal-quand" in html) == (membre and test.journal.exists()), role
        assert ("Actions de l&#x27;équipe" in html or "Actions de l'équipe" in html) == membre


def test_a_draft_evaluation_is_not_public(en_etat, clients):
    test = en_etat("a_evaluer")
    from tests_programme.models import Evaluation

    Evaluation.objects.create(test=test, verdict="infirmee", reponse="Brouillon secret")
    test.voix.create(fonction="habitante", texte="Parole secrète", consentement=True)
    test.enseignements.create(piste=test.piste, type="obstacle", texte="Leçon secrète")
    test.criteres.update(valeur_observee="Valeur secrète")
    html = clients["visiteur"].get(test.get_absolute_url()).content.decode()
    assert "secr" not in html


def test_only_consented_voices_are_public(en_etat, clients):
    test = en_etat("evalue")
    test.voix.create(fonction="agent", texte="À ne pas répéter", consentement=False)
    html = clients["visiteur"].get(test.get_absolute_url()).content.decode()
    assert "On m&#x27;a expliqué." in html
    assert "À ne pas répéter" not in html


def test_the_page_costs_the_same_however_much_it_tells(en_etat):
    test = en_etat("evalue")

    def cout() -> int:
        with CaptureQueriesContext(connection) as requetes:
            assert Client().get(test.get_absolute_url()).status_code == 200
        return len(requetes)

    avant = cout()
    for n in range(20):
        test.criteres.create(libelle=f"Critère {n}")
        test.voix.create(fonction="habitante", texte=f"Parole {n}", consentement=True)
        test.enseignements.create(piste=test.piste, type="obstacle", texte=f"Leçon {n}")
        Test.objects.create(
            organisation=test.organisation,
            piste=test.piste,
            titre=f"Suite {n}",
            issu_de=test,
            source="Un guide",
        )
    assert cout() == avant


def test_the_next_test_keeps_the_lineage_and_starts_without_accords(en_etat, clients, agent_a):
    test = en_etat("evalue")
    reponse = clients["agent_a"].post(reverse("tests_programme:iterer", args=[test.pk]))
    suivant = Test.objects.get(issu_de=test)
    assert reponse.url == reverse("tests_programme:etape", args=[suivant.pk, "essentiel"])
    assert (suivant.etat, suivant.date_peremption, suivant.cree_par) == (
        "preparation",
        None,
        agent_a,
    )
    assert suivant.criteres.get().valeur_depart == "42 dossiers"
    assert suivant.criteres.get().valeur_observee == ""
    assert suivant.parties.count() == 2
    assert not any(partie.accords.exists() for partie in suivant.parties.all())
    assert suivant.journal.get().action == "creer"
    assert suivant.titre in clients["agent_a"].get(test.get_absolute_url()).content.decode()
    assert suivant.titre not in clients["visiteur"].get(test.get_absolute_url()).content.decode()


def test_another_organisation_takes_the_idea_up_without_people_or_figures(
    en_etat, clients, organisation_b, agent_b
):
    test = en_etat("evalue")
    adresse = reverse("tests_programme:s_inspirer", args=[test.pk])
    assert "S'en inspirer" in clients["agent_b"].get(test.get_absolute_url()).content.decode()
    reponse = clients["agent_b"].post(adresse, {"organisation": organisation_b.pk})
    assert reponse.status_code == 302
    nouveau = Test.objects.get(organisation=organisation_b)
    assert (nouveau.issu_de, nouveau.cree_par) == (test, agent_b)
    assert nouveau.hypothese == test.hypothese
    assert not nouveau.parties.exists()
    assert nouveau.criteres.get().valeur_observee == ""


def test_one_is_inspired_only_into_ones_own_organisation(en_etat, clients, organisation_a):
    test = en_etat("evalue")
    adresse = reverse("tests_programme:s_inspirer", args=[test.pk])
    for role in ("agent_b", "habitant", "curateur"):
        for pk in (organisation_a.pk, "", "x"):
            reponse = clients[role].post(adresse, {"organisation": pk})
            assert reponse.status_code == 404, role
    Test.objects.filter(pk=test.pk).update(visibilite="prive")
    assert clients["agent_b"].post(adresse, {"organisation": organisation_a.pk}).status_code == 404
    assert Test.objects.count() == 1


def test_the_history_never_takes_a_person_for_the_date(en_etat, clients, referent_a, agent_a):
    test = en_etat("a_evaluer")
    perime = en_etat("perime")
    perime.perimer()
    agent_a.delete()
    html = clients["referent_a"].get(test.get_absolute_url()).content.decode()
    assert "automatiquement" not in html
    assert html.count("par une personne dont le compte est supprimé") == test.journal.count() == 2
    html = clients["referent_a"].get(perime.get_absolute_url()).content.decode()
    assert html.count("automatiquement, à sa date") == 1


@pytest.mark.parametrize("role", ["curateur", "administrateur"])
def test_the_platforms_team_reads_what_is_kept_from_the_public(en_etat, clients, role):
    test = en_etat("en_cours", visibilite="prive")
    assert clients["visiteur"].get(test.get_absolute_url()).status_code == 404
    assert clients[role].get(test.get_absolute_url()).status_code == 200


def test_no_page_promises_that_the_organisation_alone_can_see(en_etat, clients):
    en_cours, pret = en_etat("en_cours"), en_etat("pret", visibilite="prive")
    etapes = [
        reverse("tests_programme:etape", args=[pret.pk, etape])
        for etape in ("essentiel", "parties", "verification")
    ]
    pages = [
        clients["agent_a"].get(chemin).content.decode().replace("&#x27;", "'")
        for chemin in [en_cours.get_absolute_url(), *etapes]
    ]
    assert "Visible par votre organisation et l'équipe de la plateforme." in pages[0]
    assert "Notre organisation et l'équipe de la plateforme" in pages[1]
    assert "seules votre organisation et l'équipe de la plateforme" in pages[1]
    assert "l'équipe de la plateforme" in pages[2]
    assert "notre organisation et l'équipe de la plateforme" in pages[3]
    for page in pages:
        assert "organisation seulement" not in page
        assert "restent dans votre équipe" not in page


def test_a_line_of_history_is_dated_of_its_paris_day(en_etat, clients, curateur, time_machine):
    time_machine.move_to(dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC), tick=False)
    ligne = en_etat("en_cours").journal.last()
    page = clients["curateur"].get(
        reverse("admin:tests_programme_entreejournal_change", args=[ligne.pk])
    )
    assert "(02/07/2026)" in page.content.decode()
