"""Evaluating: a draft first, every missing thing named, published once and for all."""

import pytest
from django.urls import reverse

from tests.conftest import client_de
from tests.fabriques import un_membre
from tests_programme.models import Evaluation


def adresse(test, nom="evaluation"):
    return reverse(f"tests_programme:{nom}", args=[test.pk])


@pytest.fixture
def client(agent_a):
    return client_de(agent_a)


def brouillon(client, test, **champs):
    version = client.get(adresse(test)).context["version"]
    return client.post(adresse(test), {"quoi": "brouillon", "version": version, **champs})


def test_submitting_names_everything_that_is_missing(client, en_etat):
    test = en_etat("a_evaluer")
    refus = client.post(adresse(test, "soumettre"))
    assert refus.status_code == 409
    brouillon(client, test, suites="perenniser")
    refus = client.post(adresse(test, "soumettre"))
    assert {m.etape for m in refus.context["manques"]} == {
        "verdict", "reponse", "inattendu", "conditions", "autonomie", "criteres", "voix",
        "enseignements", "suites_porteur", "suites_cadre", "suites_date",
    }  # fmt: skip
    test.refresh_from_db()
    assert test.etat == "a_evaluer"


def test_a_draft_is_saved_as_often_as_one_likes(client, en_etat):
    test = en_etat("en_cours")
    critere = test.criteres.get()
    assert brouillon(client, test, **{f"critere_{critere.pk}": "12"}).status_code == 302
    assert brouillon(client, test, reponse="Peut-être.").status_code == 302
    evaluation = Evaluation.objects.get()
    assert (evaluation.reponse, evaluation.publiee_le) == ("Peut-être.", None)
    assert client.post(adresse(test, "soumettre")).status_code == 409


def test_a_voice_without_consent_does_not_count(client, en_etat):
    test = en_etat("a_evaluer")
    client.post(adresse(test), {"quoi": "voix", "voix-fonction": "agent", "voix-texte": "Bof."})
    assert test.voix.get().consentement is False
    brouillon(client, test)
    assert "voix" in {m.etape for m in test.manques_pour_evaluer()}
    voix = test.voix.get()
    retirer = reverse("tests_programme:retirer_voix", args=[test.pk, voix.pk])
    assert client.post(retirer).status_code == 302
    assert not test.voix.exists()
    assert client.post(retirer).status_code == 404


def test_no_voice_at_all_needs_a_reason(client, en_etat):
    test = en_etat("a_evaluer")
    brouillon(client, test, sans_voix="La rue était vide.")
    assert "voix" not in {m.etape for m in test.manques_pour_evaluer()}


@pytest.mark.parametrize("quoi", ["voix", "enseignement"])
def test_an_incomplete_row_is_an_error_and_stays_on_screen(client, en_etat, quoi):
    test = en_etat("a_evaluer")
    reponse = client.post(
        adresse(test), {"quoi": quoi, f"{quoi}-fonction": "habitante du quartier"}
    )
    assert reponse.status_code == 422
    assert "erreurs" in reponse.content.decode()


def test_a_date_that_does_not_exist_is_said(client, en_etat):
    test = en_etat("a_evaluer")
    reponse = brouillon(client, test, suites_date="30/02/2027", reponse="Gardez-moi")
    assert reponse.status_code == 422
    html = reponse.content.decode()
    assert "Cette date n&#x27;existe pas" in html
    assert "Gardez-moi" in html


@pytest.mark.parametrize(
    ("champ", "la_sienne", "la_mienne", "montree"),
    [
        ("reponse", "Celle du collègue", "La mienne", "Celle du collègue"),
        ("conditions", "Celle du collègue", "La mienne", "Celle du collègue"),
        ("autonomie", "Celle du collègue", "La mienne", "Celle du collègue"),
        ("suites_changement", "Celle du collègue", "La mienne", "Celle du collègue"),
        ("suites", "abandonner", "iterer", "Abandonner"),
        ("suites_date", "2027-05-12", "2027-06-01", "12/05/2027"),
    ],
)
def test_two_people_at_once_lose_nothing(
    champ, la_sienne, la_mienne, montree, client, en_etat, organisation_a
):
    test = en_etat("a_evaluer")
    vue = client.get(adresse(test)).context["version"]
    brouillon(client_de(un_membre(organisation_a)), test, **{champ: la_sienne})
    reponse = client.post(adresse(test), {"quoi": "brouillon", "version": vue, champ: la_mienne})
    assert reponse.status_code == 409
    html = reponse.content.decode()
    assert f'value="{la_mienne}"' in html or la_mienne in html
    assert montree in dict(reponse.context["ecarts"]).values()
    assert str(getattr(Evaluation.objects.get(), champ)) == la_sienne


@pytest.mark.parametrize("etat", ["preparation", "evalue", "abandonne"])
def test_there_is_nothing_to_evaluate_in_the_other_states(client, en_etat, etat):
    test = en_etat(etat)
    assert client.get(adresse(test)).url == test.get_absolute_url()
    reponse = client.post(adresse(test), {"quoi": "brouillon", "reponse": "Autre"})
    assert reponse.url == test.get_absolute_url()
    assert not Evaluation.objects.filter(reponse="Autre").exists()


def test_a_published_evaluation_never_changes(client, en_etat):
    test = en_etat("evalue")
    voix, lecon = test.voix.get(), test.enseignements.get()
    client.post(reverse("tests_programme:retirer_voix", args=[test.pk, voix.pk]))
    client.post(reverse("tests_programme:retirer_enseignement", args=[test.pk, lecon.pk]))
    client.post(adresse(test), {"quoi": "voix", "voix-fonction": "x", "voix-texte": "y"})
    assert (test.voix.get(), test.enseignements.get()) == (voix, lecon)


def test_a_stranger_evaluates_nothing(en_etat, clients):
    test = en_etat("a_evaluer")
    voix = test.voix.create(fonction="x", texte="y")
    for role in ("habitant", "agent_b", "curateur"):
        assert clients[role].get(adresse(test)).status_code == 403
        retirer = reverse("tests_programme:retirer_voix", args=[test.pk, voix.pk])
        assert clients[role].post(retirer).status_code == 403
    assert test.voix.exists()


def test_a_row_of_another_test_is_not_found(client, en_etat):
    test, autre = en_etat("a_evaluer"), en_etat("a_evaluer")
    voix = autre.voix.create(fonction="x", texte="y")
    retirer = reverse("tests_programme:retirer_voix", args=[test.pk, voix.pk])
    assert client.post(retirer).status_code == 404
    assert autre.voix.exists()


def test_what_another_organisation_typed_in_a_critere_is_never_html(
    client, en_etat, organisation_a, agent_b
):
    mechant = "<img src=x onerror=alert(1)>"
    test = en_etat("en_cours")
    test.criteres.update(libelle=mechant, unite=mechant, valeur_depart=mechant, attendu=mechant)
    html = client.get(adresse(test)).content.decode()
    assert "<img" not in html
    assert html.count("&lt;img src=x") >= 4
