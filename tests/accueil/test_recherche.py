"""``/recherche/``: across the whole site, and no further than the reader may see."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pistes.models import EditionPiste
from tests.fabriques import (
    OrientationFactory,
    PisteFactory,
    TestFactory,
    VersionFactory,
    un_test_demarre,
    un_test_evalue,
)
from tests.fabriques_engagement import DispositifFactory

pytestmark = pytest.mark.django_db


def chercher(saisie, client=None, **filtres):
    """The page as it is read: marks taken out of it."""
    reponse = (client or Client()).get("/recherche/", {"q": saisie, **filtres})
    assert reponse.status_code == 200
    page = reponse.content.decode()
    page = page[page.index("<main") : page.index("</main>")]
    return page.replace("<mark>", "").replace("</mark>", "")


@pytest.mark.parametrize("saisie", ["eleve", "ÉLÈVES", "élève", "les élèves"])
def test_accents_case_and_endings_do_not_matter(saisie):
    PisteFactory(publiee__titre="La parole des élèves")
    assert "La parole des élèves" in chercher(saisie)


def test_each_kind_has_its_group():
    VersionFactory(publiee=1)
    OrientationFactory()
    PisteFactory(publiee__titre="Ouverture des guichets")
    un_test_evalue(titre="Ouverture du samedi")
    page = chercher("ouverture")
    for titre in ("Pistes", "Controverses", "Tests"):
        assert f">{titre}</h2>" in page
    assert ">Terrains</h2>" in chercher("phénomène")
    assert ">Orientations</h2>" in chercher("direction")
    assert ">Enseignements</h2>" in chercher("onze heures")


def test_drafts_and_earlier_texts_are_never_found():
    PisteFactory(publiee=False, publiee__titre="Secret de brouillon")
    piste = PisteFactory(publiee__titre="Ancien libellé")
    EditionPiste.suivante(piste, titre="Libellé neuf", origine="curation").publier(par=None)
    assert "Secret" not in chercher("secret brouillon").replace("secret brouillon", "")
    assert "Ancien libellé" not in chercher("ancien")
    assert "Libellé neuf" in chercher("neuf")


def test_only_the_latest_version_of_the_cartographie_answers():
    ancienne = VersionFactory(rang=1, publiee=1)
    VersionFactory(enquete=ancienne.enquete, rang=2, publiee=1)
    assert chercher("ouverture").count("<h3") == 1


@pytest.mark.parametrize(
    ("role", "voit"),
    [
        ("visiteur", False),
        ("habitant", False),
        ("agent_b", False),
        ("agent_a", True),
        ("curateur", True),
    ],
)
def test_a_private_test_and_its_lessons_are_found_by_its_own(organisation_a, clients, role, voit):
    un_test_evalue(organisation=organisation_a, titre="Parapluies partagés", visibilite="prive")
    TestFactory(organisation=organisation_a, titre="Brouillon de parapluie")
    page = chercher("parapluie", clients[role])
    assert ("Parapluies partagés" in page) is voit
    assert ("Brouillon de parapluie" in page) is voit
    assert (">Enseignements</h2>" in chercher("onze heures", clients[role])) is voit


def test_a_title_that_says_it_comes_before_a_text_that_mentions_it():
    bavarde = PisteFactory(publiee=False)
    EditionPiste.suivante(
        bavarde, titre="Autre chose", constat="guichet guichet guichet guichet", origine="curation"
    ).publier(par=None)
    PisteFactory(publiee__titre="Le guichet")
    page = chercher("guichet")
    assert page.index("Le guichet") < page.index("Autre chose")


def test_nothing_typed_and_nothing_found_say_what_to_do():
    assert "Que cherchez-vous ?" in chercher("")
    assert "Rien ne répond à ces mots" in chercher("xyzzy")


@pytest.mark.parametrize("saisie", ["!!!", "\"'", "a & b | :*", "\x00", "(", "é" * 500, "<b>", "-"])
def test_whatever_is_typed_gets_a_page(saisie):
    assert "<b>" not in chercher(saisie)


def test_more_rows_make_no_more_queries():
    def compter():
        with CaptureQueriesContext(connection) as requetes:
            chercher("ouverture idée")
        return len(requetes)

    def remplir():
        VersionFactory(publiee=2)
        PisteFactory(publiee__titre="Ouverture, une idée")
        un_test_evalue(titre="Ouverture d'une idée")
        un_test_demarre(titre="Ouverture d'idée")

    remplir()
    avant = compter()
    for _ in range(6):
        remplir()
    assert compter() == avant


def test_dispositifs_are_found_by_their_name_and_their_words():
    trouve = DispositifFactory(
        nom="Réserve des Tilleuls", presentation="Des jardiniers volontaires."
    )
    DispositifFactory(nom="Réserve cachée des jardiniers", etat="preparation")
    page = chercher("jardinier")
    assert trouve.get_absolute_url() in page
    assert "cachée" not in page
    assert trouve.get_absolute_url() in chercher("tilleuls", quoi="dispositifs")
