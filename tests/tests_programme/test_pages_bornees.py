"""Long lists end, say so, and lead to the rest."""

import datetime as dt

import pytest
from django.test import Client

from tests.conftest import client_de
from tests.fabriques import (
    OrganisationFactory,
    PisteFactory,
    ProgrammeFactory,
    TestFactory,
    un_membre,
    un_test_a_evaluer,
    un_test_demarre,
    un_test_evalue,
)
from tests_programme.models import Enseignement, Programme, Test

LISTE = "/tests/"
pytestmark = pytest.mark.django_db


def recits(nombre, **champs):
    communs = {"organisation": OrganisationFactory(), "piste": PisteFactory(), **champs}
    return [TestFactory(source="Un guide", **communs) for _ in range(nombre)]


def test_the_page_of_a_piste_shows_twenty_tests_and_leads_to_the_others():
    piste = PisteFactory()
    for test in recits(20, piste=piste):
        Enseignement.objects.create(test=test, piste=piste, type="condition", texte="Une leçon")
    suite = f'href="/tests/?piste={piste.slug}"'
    page = Client().get(piste.get_absolute_url())
    assert suite not in page.content.decode()
    (de_plus,) = recits(1, piste=piste)
    Enseignement.objects.create(test=de_plus, piste=piste, type="condition", texte="La dernière")
    page = Client().get(piste.get_absolute_url())
    html = page.content.decode()
    assert (len(page.context["tests"]), len(page.context["enseignements"])) == (20, 20)
    assert html.count(suite) == 1
    assert f'href="/enseignements/?piste={piste.slug}"' in html
    assert "Tous les tests de cette piste" in html
    assert "La dernière" in html
    tous = Client().get(LISTE, {"piste": piste.slug})
    assert tous.context["suivante"]


def test_the_page_of_an_organisation_says_that_it_has_other_tests():
    organisation = OrganisationFactory()
    recits(20, organisation=organisation)
    suite = f'href="/tests/?organisation={organisation.pk}"'
    assert suite not in Client().get(organisation.get_absolute_url()).content.decode()
    recits(1, organisation=organisation)
    page = Client().get(organisation.get_absolute_url())
    assert len(page.context["tests"]) == 20
    assert suite in page.content.decode()


def test_my_page_says_where_the_other_tests_are(agent_a, organisation_a):
    for _ in range(20):
        TestFactory(organisation=organisation_a)
    suite = f'href="/tests/?etat=preparation&amp;organisation={organisation_a.pk}"'
    assert suite not in client_de(agent_a).get("/mon-espace/").content.decode()
    TestFactory(organisation=organisation_a)
    page = client_de(agent_a).get("/mon-espace/")
    assert suite in page.content.decode()
    assert len(page.context["attentes"].en_preparation) == 20


def test_the_filter_of_tests_does_not_list_every_organisation():
    def poids():
        return len(Client().get(LISTE, {"etat": "evalue"}).content)

    recits(1)
    avant = poids()
    for n in range(40):
        recits(1, organisation=OrganisationFactory(nom=f"Une organisation de plus {n}"))
    # Only the title of each new piste is longer.
    assert (
        "Une organisation de plus" not in Client().get(LISTE, {"etat": "evalue"}).content.decode()
    )
    assert poids() - avant < 40 * 90


@pytest.mark.parametrize("saisie", ["zele", "Bourg-Zélé", "ville de bourg zele sur"])
def test_an_organisation_is_found_by_the_beginning_of_its_name(saisie):
    (bon,) = recits(1, organisation=OrganisationFactory(nom="Bourg-Zélé-sur-Loire"))
    recits(2)
    assert Client().get(LISTE, {"organisation": saisie}).context["tests"] == [bon]


def test_a_link_by_number_still_works_and_shows_the_name():
    longue, courte = OrganisationFactory(nom="Essai Métropole"), OrganisationFactory(nom="Essai")
    (bon,), (autre,) = recits(1, organisation=courte), recits(1, organisation=longue)
    page = Client().get(LISTE, {"organisation": courte.pk})
    assert page.context["tests"] == [bon]
    assert 'value="Essai"' in page.content.decode()
    # The form sends the name back: a whole name means itself.
    assert Client().get(LISTE, {"organisation": "essai"}).context["tests"] == [bon]
    assert set(Client().get(LISTE, {"organisation": "ess"}).context["tests"]) == {bon, autre}


def test_an_organisation_that_waits_is_not_found_by_its_name(administrateur):
    attend = OrganisationFactory(nom="Cachée", validee=False)
    (test,) = recits(1, organisation=attend)
    for saisie in ("cachee", attend.pk):
        page = Client().get(LISTE, {"organisation": saisie})
        assert page.context["tests"] == []
        assert 'value="Cachée"' not in page.content.decode()
    assert client_de(administrateur).get(LISTE, {"organisation": "cachee"}).context["tests"] == [
        test
    ]


@pytest.mark.parametrize("saisie", ["9" * 150, "9" * 400, "9" * 5000, "٣", "%", "' OR 1", "\x00"])
def test_what_names_nothing_is_said(saisie):
    recits(1)
    page = Client().get(LISTE, {"organisation": saisie})
    assert page.status_code == 200
    assert page.context["tests"] == []


def test_the_filter_of_programmes_offers_the_latest_and_the_one_that_was_asked():
    anciens = [ProgrammeFactory(debut=dt.date(2020, 1, 1)) for _ in range(2)]
    for n in range(60):
        ProgrammeFactory(debut=dt.date(2026, 1, 1) + dt.timedelta(days=n))
    (bon,) = recits(1, programme=anciens[0])
    recits(1)

    def offerts(page):
        return page.content.decode().count('<option value="programme-')

    assert offerts(Client().get(LISTE)) == 60
    page = Client().get(LISTE, {"programme": anciens[0].cle})
    assert page.context["tests"] == [bon]
    assert offerts(page) == 61
    assert f'<option value="{anciens[0].cle}" selected>' in page.content.decode()
    assert Client().get(LISTE, {"programme": "x\x00"}).context["tests"] == []


@pytest.mark.parametrize("etat", Test.Etat.values)
def test_a_state_shows_each_reader_what_the_whole_list_shows_them(etat, personnes, organisation_a):
    for organisation in (organisation_a, OrganisationFactory()):
        for fabrique in (TestFactory, un_test_demarre, un_test_a_evaluer, un_test_evalue):
            fabrique(organisation=organisation)
        abandonne = TestFactory(organisation=organisation)
        abandonne.renoncer(par=un_membre(organisation), motif="Plus personne pour le porter.")
    anime = TestFactory(programme=ProgrammeFactory())
    anime.programme.animateurs.add(personnes["agent_b"])
    for personne in personnes.values():
        client = client_de(personne)
        attendus = {t for t in client.get(LISTE).context["tests"] if t.etat_affiche == etat}
        assert set(client.get(LISTE, {"etat": etat}).context["tests"]) == attendus


def test_the_programmes_come_thirty_a_page_each_once():
    """Also when several began on the same day."""
    for n in range(65):
        ProgrammeFactory(debut=dt.date(2026, 1, 1) + dt.timedelta(days=n // 20))
    adresse, vus = "/programmes/", []
    while adresse:
        page = Client().get(adresse)
        vus += page.context["programmes"]
        adresse = page.context["suivante"] and f"/programmes/{page.context['suivante']}"
    assert vus == list(Programme.objects.all())
    assert "Revenir au début" in page.content.decode()
    for marque in ("2026-02-31.4", "x", "2026-01-01", "\x00"):
        assert Client().get("/programmes/", {"apres": marque}).status_code == 200
