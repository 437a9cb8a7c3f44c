"""A whole report pasted into a box: said in words, and still there to be cut."""

import re

import pytest
from django.urls import reverse

from tests.conftest import client_de
from tests.fabriques import PisteFactory, TestFactory
from tests.tests_programme.test_preparation import envoyer
from tests_programme.models import EntreeJournal, Evaluation, Test

COLLAGE = "Un mot de trop. " * 12_500  # 200 kB
PHRASE = "au plus 20"


@pytest.fixture
def client(agent_a):
    return client_de(agent_a)


@pytest.fixture
def brouillon(organisation_a) -> Test:
    return TestFactory(organisation=organisation_a, piste=PisteFactory())


def refuse(reponse) -> bool:
    """Whether the page comes back with a clear message and all that was typed."""
    html = reponse.content.decode().replace("\xa0", " ").replace("\u202f", " ")
    return reponse.status_code == 422 and PHRASE in html and COLLAGE.strip() in html


@pytest.mark.parametrize(
    ("etape", "champ"),
    [
        ("essentiel", "contexte"),
        ("hypothese", "hypothese"),
        ("hypothese", "echec"),
        ("limites", "retour_arriere"),
        ("limites", "signe_provisoire"),
        ("observation", "ecoute_prevue"),
    ],
)
def test_a_long_paste_in_the_preparation_stays_on_the_page(client, brouillon, etape, champ):
    lignes = [] if etape == "observation" else None
    assert refuse(envoyer(client, brouillon, etape, lignes=lignes, **{champ: COLLAGE}))
    brouillon.refresh_from_db()
    assert getattr(brouillon, champ) == ""


def test_the_browser_does_not_cut_a_paste_silently(client, brouillon):
    page = client.get(reverse("tests_programme:etape", args=[brouillon.pk, "hypothese"]))
    boites = re.findall(r"<textarea[^>]*>", page.content.decode())
    assert len(boites) == 2
    assert not any("maxlength" in boite for boite in boites)


def test_a_text_too_long_for_the_search_is_refused_and_not_a_breakdown(client, brouillon):
    unique = " ".join(f"mot{n}" for n in range(150_000))  # 1.4 MB of different words
    assert envoyer(client, brouillon, "hypothese", hypothese=unique).status_code == 422


@pytest.mark.parametrize(
    "champ", ["reponse", "inattendu", "sans_voix", "suites_texte", "suites_cadre"]
)
def test_a_long_paste_in_the_evaluation_stays_on_the_page(client, en_etat, champ):
    adresse = reverse("tests_programme:evaluation", args=[en_etat("a_evaluer").pk])
    version = client.get(adresse).context["version"]
    assert refuse(client.post(adresse, {"quoi": "brouillon", "version": version, champ: COLLAGE}))
    assert not Evaluation.objects.exists()


@pytest.mark.parametrize(
    ("quoi", "champs"),
    [
        ("voix", {"voix-fonction": "habitante"}),
        ("enseignement", {"enseignement-type": "obstacle"}),
    ],
)
def test_a_long_voice_or_lesson_stays_on_the_page(client, en_etat, quoi, champs):
    test = en_etat("a_evaluer")
    adresse = reverse("tests_programme:evaluation", args=[test.pk])
    donnees = {"quoi": quoi, "enseignement-piste": test.piste_id, f"{quoi}-texte": COLLAGE}
    assert refuse(client.post(adresse, donnees | champs))
    assert not test.voix.exists()
    assert not test.enseignements.exists()


def test_a_long_reason_is_refused_too(client, en_etat):
    test = en_etat("en_cours")
    reponse = client.post(reverse("tests_programme:arreter", args=[test.pk]), {"motif": COLLAGE})
    assert reponse.status_code in {200, 422}
    assert COLLAGE.strip() in reponse.content.decode()
    assert not EntreeJournal.objects.filter(action="arreter").exists()
