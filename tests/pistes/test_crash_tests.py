"""Crash tests: the guided form, who reads them, the matrix, the library of crises."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from pistes.models import CrashTest, Scenario
from tests.conftest import client_de
from tests.fabriques import ChantierFactory, CrashTestFactory, PisteFactory, ScenarioFactory

REPONSES = {
    "tient": "Les gens se connaissent.",
    "casse": "Le standard.",
    "effets_pervers": "",
    "amelioration": "Une copie papier.",
    "fait_le": "2026-03-02",
}


@pytest.fixture
def crise(db):
    return ScenarioFactory(titre="Canicule", cle="canicule")


def _essayer(user, piste, crise, **champs):
    adresse = reverse("pistes:essayer_piste", args=[piste.slug, crise.cle])
    donnees = REPONSES | champs
    if user.adhesions.exists():
        donnees.setdefault("organisation", user.adhesions.get().organisation_id)
    return client_de(user).post(adresse, donnees)


def test_a_member_confronts_a_piste_with_a_crisis(agent_a, organisation_a, crise, client):
    piste = PisteFactory()
    formulaire = client_de(agent_a).get(
        reverse("pistes:essayer_piste", args=[piste.slug, "canicule"])
    )
    assert "Tout s&#x27;arrête un lundi" in formulaire.content.decode()
    reponse = _essayer(agent_a, piste, crise, est_public="on")
    fait = CrashTest.objects.get()
    assert reponse.url == fait.get_absolute_url()
    assert (fait.organisation, fait.auteur, fait.piste) == (organisation_a, agent_a, piste)
    assert "Une copie papier." in client.get(fait.get_absolute_url()).content.decode()
    assert "Canicule" in client.get(piste.get_absolute_url()).content.decode()


def test_the_same_answers_sent_twice_are_one_crash_test(agent_a, crise):
    piste = PisteFactory()
    _essayer(agent_a, piste, crise)
    _essayer(agent_a, piste, crise)
    assert CrashTest.objects.count() == 1


def test_a_curateur_does_one_in_nobodys_name(curateur, crise):
    assert _essayer(curateur, PisteFactory(), crise).status_code == 302
    assert CrashTest.objects.get().organisation is None


@pytest.mark.parametrize(
    "faute",
    [
        {"tient": "", "casse": "", "amelioration": ""},
        {"tient": "nul \x00"},
        {"tient": "mot " * 10_000},
        {"fait_le": "demain"},
        {"organisation": "999999"},
    ],
)
def test_a_faulty_crash_test_is_refused_and_kept(agent_a, crise, faute):
    reponse = _essayer(agent_a, PisteFactory(), crise, **faute)
    assert reponse.status_code == 422
    assert "est perdu" in reponse.content.decode()
    assert not CrashTest.objects.exists()


def test_somebody_without_organisation_does_none(habitant, crise):
    assert _essayer(habitant, PisteFactory(), crise).status_code == 403


def test_an_unpublished_piste_or_an_unknown_crisis_is_not_found(agent_a, crise):
    assert _essayer(agent_a, PisteFactory(publiee=False), crise).status_code == 404
    adresse = reverse("pistes:essayer_piste", args=[PisteFactory().slug, "inconnue"])
    assert client_de(agent_a).get(adresse).status_code == 404


def test_one_kept_to_its_organisation_is_not_found_by_others(
    client, agent_a, agent_b, curateur, organisation_a
):
    fait = CrashTestFactory(organisation=organisation_a, est_public=False)
    lecteurs = (client, client_de(agent_b), client_de(agent_a), client_de(curateur))
    statuts = [c.get(fait.get_absolute_url()).status_code for c in lecteurs]
    assert statuts == [404, 404, 200, 200]


def test_a_public_one_on_a_kept_chantier_is_kept_with_it(client, agent_b):
    chantier = ChantierFactory(est_public=False)
    fait = CrashTestFactory(piste=None, chantier=chantier)
    assert client.get(fait.get_absolute_url()).status_code == 404
    assert client_de(agent_b).get(fait.get_absolute_url()).status_code == 404
    assert client.get("/api/v1/crash-tests/").json()["results"] == []
    chantier.est_public = True
    chantier.save()
    assert client.get(fait.get_absolute_url()).status_code == 200


def test_one_on_an_unpublished_piste_is_kept_with_it(client, db):
    fait = CrashTestFactory(piste=PisteFactory(publiee=False))
    assert client.get(fait.get_absolute_url()).status_code == 404


def test_its_answers_are_corrected_by_its_organisation_only(agent_a, agent_b, organisation_a):
    fait = CrashTestFactory(organisation=organisation_a)
    adresse = reverse("pistes:modifier_crash_test", args=[fait.pk])
    assert client_de(agent_b).get(adresse).status_code == 403
    lu = client_de(agent_a).get(adresse).context["form"].empreinte
    client_de(agent_a).post(adresse, REPONSES | {"lu": lu, "est_public": "on"})
    fait.refresh_from_db()
    assert fait.amelioration == "Une copie papier."
    reponse = client_de(agent_a).post(adresse, REPONSES | {"lu": lu, "casse": "Tout"})
    assert reponse.status_code == 409
    assert "Une autre personne" in reponse.content.decode()


def test_the_curation_takes_one_off_the_site_and_never_puts_it_there(
    client, curateur, agent_a, organisation_a
):
    fait = CrashTestFactory(organisation=organisation_a, est_public=False)
    adresse = reverse("pistes:modifier_crash_test", args=[fait.pk])

    def envoyer(user, **champs):
        lu = client_de(user).get(adresse).context["form"].empreinte
        assert client_de(user).post(adresse, REPONSES | {"lu": lu} | champs).status_code == 302
        return client.get(fait.get_absolute_url()).status_code

    assert envoyer(curateur, est_public="on") == 404
    assert envoyer(agent_a, est_public="on") == 200
    assert envoyer(curateur) == 404


def test_the_matrix_counts_and_shows_what_was_never_tried(client, agent_a, crise):
    jamais = ScenarioFactory(titre="Inondation", cle="inondation")
    fait = CrashTestFactory(scenario=crise)
    CrashTestFactory(scenario=crise, piste=fait.piste)
    CrashTestFactory(scenario=crise, piste=fait.piste, est_public=False)
    adresse = reverse("pistes:crash_tests")
    ligne = client.get(adresse).context["lignes"][0]
    assert [case.nombre for case in ligne.cases] == [2, 0]
    assert ligne.jamais == 1
    assert "essayer</a>" not in client.get(adresse).content.decode()
    essayer = reverse("pistes:essayer_piste", args=[fait.piste.slug, jamais.cle])
    assert essayer in client_de(agent_a).get(adresse).content.decode()


def test_the_matrix_of_chantiers_shows_those_one_may_see(client, crise, agent_a, organisation_a):
    ChantierFactory(titre="Visible de tout le monde")
    ChantierFactory(titre="Gardé pour nous", est_public=False, organisation=organisation_a)
    adresse = reverse("pistes:crash_tests") + "?quoi=chantiers"
    assert "Gardé pour nous" not in client.get(adresse).content.decode()
    html = client_de(agent_a).get(adresse).content.decode()
    assert "Gardé pour nous" in html
    assert "Visible de tout le monde" in html


def test_the_matrix_costs_the_same_with_many(client, crise, compter_requetes):
    CrashTestFactory(scenario=crise)
    adresse = reverse("pistes:crash_tests")
    une = compter_requetes(adresse)
    for _ in range(45):
        CrashTestFactory(scenario=crise)
    assert compter_requetes(adresse) == une <= 10
    page = client.get(adresse)
    assert len(page.context["lignes"]) == 40
    assert len(page.content) < 100_000
    assert len(client.get(adresse, {"page": 2}).context["lignes"]) == 6


def test_the_shipped_crises_come_once_and_never_over_an_edit(db, capsys):
    call_command("charger_corpus")
    assert Scenario.objects.count() == 6
    assert all(3 <= len(s.lignes) <= 5 for s in Scenario.objects.all())
    Scenario.objects.filter(cle="canicule").update(description="Nos mots.")
    call_command("charger_corpus")
    assert Scenario.objects.get(cle="canicule").description == "Nos mots."
    assert Scenario.objects.count() == 6


def test_curateurs_edit_the_library_and_nobody_else(curateur, agent_a, crise, client):
    saisie = {"titre": "Éruption d'été", "rang": "7", "description": "", "questions": "Qui part ?"}
    nouvelle = reverse("pistes:nouveau_scenario")
    assert client_de(agent_a).post(nouvelle, saisie).status_code == 403
    assert client_de(curateur).post(nouvelle, saisie).status_code == 302
    assert Scenario.objects.get(cle="eruption-d-ete").lignes == ["Qui part ?"]
    assert client_de(curateur).post(nouvelle, saisie).status_code == 422
    assert "Éruption" in client.get(reverse("pistes:scenarios")).content.decode()
    adresse = reverse("pistes:modifier_scenario", args=["canicule"])
    lu = client_de(curateur).get(adresse).context["form"].empreinte
    client_de(curateur).post(adresse, saisie | {"titre": "Canicule longue", "lu": lu})
    crise.refresh_from_db()
    assert (crise.cle, crise.titre) == ("canicule", "Canicule longue")
    trop = "\n".join(f"Question {n} ?" for n in range(9))
    reponse = client_de(curateur).post(adresse, saisie | {"titre": "x", "questions": trop})
    assert reponse.status_code in {409, 422}


def test_the_api_serves_public_crash_tests_and_crises(client, crise):
    fait = CrashTestFactory(scenario=crise)
    CrashTestFactory(scenario=crise, est_public=False)
    lus = client.get("/api/v1/crash-tests/", {"scenario": "canicule"}).json()["results"]
    assert [(f["id"], f["piste"]) for f in lus] == [(fait.pk, fait.piste.slug)]
    assert client.get("/api/v1/crises/canicule/").json()["questions"][0].endswith("?")


@pytest.mark.parametrize("role", ["habitant", "agent_a", "curateur", "administrateur"])
def test_the_matrix_and_a_chantier_cost_ten_queries_whoever_reads(
    clients, role, organisation_a, django_assert_max_num_queries
):
    ScenarioFactory()
    chantier = ChantierFactory(organisation=organisation_a)
    chantier.pistes.add(PisteFactory())
    CrashTestFactory(piste=None, chantier=chantier)
    for adresse in (reverse("pistes:crash_tests"), chantier.get_absolute_url()):
        clients[role].get(adresse)
        with django_assert_max_num_queries(10):
            assert clients[role].get(adresse).status_code == 200
