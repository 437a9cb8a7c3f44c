"""Lessons, searched across all programmes."""

import pytest
from django.test import Client

from tests.fabriques import (
    OrientationFactory,
    PisteFactory,
    ProgrammeFactory,
    TestFactory,
    un_test_evalue,
)
from tests_programme.models import Enseignement

PAGE = "/enseignements/"


def lecon(texte="Appeler tôt.", type_="condition", **test):
    test = TestFactory(source="Un guide", **test)
    return Enseignement.objects.create(test=test, piste=test.piste, type=type_, texte=texte)


def vues(**filtres):
    return list(Client().get(PAGE, filtres).context["enseignements"])


def test_they_are_found_across_programmes_by_their_words(db):
    un = lecon("Prévoir des élèves volontaires.", programme=ProgrammeFactory())
    deux = lecon("Un élève suffit.", programme=ProgrammeFactory())
    lecon("Le minibus.")
    assert vues(q="ELEVE") == [deux, un]
    assert vues(q="tramway") == []
    assert "Aucun enseignement ne répond" in Client().get(PAGE, {"q": "tramway"}).content.decode()


def test_they_are_narrowed_by_type_orientation_and_piste(db):
    orientation = OrientationFactory()
    piste = PisteFactory(orientation=orientation)
    bon = lecon(type_="obstacle", piste=piste)
    autre = lecon(type_="savoir_faire")
    assert vues(type="obstacle") == [bon]
    assert vues(orientation=orientation.slug) == [bon]
    assert vues(piste=piste.slug) == [bon]
    assert vues(piste=piste.slug, type="savoir_faire") == []
    assert vues() == [autre, bon]


@pytest.mark.parametrize(
    "filtre", [{"type": "truc"}, {"piste": "rien"}, {"orientation": "\x00"}, {"q": "a" * 500}]
)
def test_a_filter_that_names_nothing_is_said(filtre, db):
    lecon()
    page = Client().get(PAGE, filtre)
    assert page.status_code == 200
    assert page.context["enseignements"] == []


def test_drafts_and_private_lessons_are_not_there(en_etat, clients):
    brouillon, prive = en_etat("soumis"), en_etat("evalue", visibilite="prive")
    public = en_etat("evalue")
    attendus = {
        "visiteur": {public.pk},
        "agent_b": {public.pk},
        "agent_a": {public.pk, prive.pk},
        "curateur": {public.pk, prive.pk},
    }
    for role, tests in attendus.items():
        trouvees = clients[role].get(PAGE).context["enseignements"]
        assert {x.test_id for x in trouvees} == tests, role
    assert brouillon.enseignements.exists()


def test_pages_follow_each_other_without_a_gap_and_cost_the_same(db, django_assert_max_num_queries):
    toutes = [lecon(f"Leçon {n}") for n in range(45)]
    lues, adresse = [], PAGE
    while adresse:
        with django_assert_max_num_queries(5):  # the page, and the choices of its filters
            page = Client().get(adresse)
        lues += page.context["enseignements"]
        adresse = PAGE + page.context["suivante"] if page.context["suivante"] else ""
    assert lues == toutes[::-1]


@pytest.mark.parametrize("apres", ["-1", "x", "9" * 40, "%00", "٣"])
def test_a_place_that_means_nothing_begins_again(apres, db):
    une = lecon()
    page = Client().get(f"{PAGE}?apres={apres}")
    assert page.context["enseignements"] == [une]


def test_a_lesson_leads_to_its_test_and_its_piste_and_back(organisation_a):
    test = un_test_evalue(organisation=organisation_a)
    html = Client().get(PAGE).content.decode()
    assert f'href="{test.get_absolute_url()}"' in html
    assert f'href="{test.piste.get_absolute_url()}"' in html
    piste = Client().get(test.piste.get_absolute_url()).content.decode()
    assert "<h3>Condition de réussite</h3>" in piste
    assert "Appeler avant onze heures." in piste
    assert f'href="{PAGE}?piste={test.piste.slug}"' in piste
    assert f'href="{PAGE}"' in Client().get("/").content.decode()
    cherche = Client().get("/recherche/", {"q": "onze heures"}).content.decode()
    assert f'href="{PAGE}?q=onze%20heures"' in cherche
