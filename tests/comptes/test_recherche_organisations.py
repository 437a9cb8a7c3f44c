"""``/organisations/``: found by name, with and without JavaScript."""

import pytest
from django.test import Client

from tests.fabriques import OrganisationFactory, TerritoireFactory

pytestmark = pytest.mark.django_db
ADRESSE = "/organisations/"


def chercher(saisie, client=None, **entetes):
    return (client or Client()).get(ADRESSE, {"q": saisie}, **entetes).content.decode()


def test_organisations_come_before_territories():
    TerritoireFactory(nom="Lille", population=230_000)
    OrganisationFactory(nom="Métropole de Lille")
    page = chercher("lille")
    assert page.index("Métropole de Lille") < page.index("Créer la mienne depuis un territoire")
    assert page.index("Créer la mienne") < page.rindex("Lille</a>")


@pytest.mark.parametrize("saisie", ["evry", "ÉVRY", "Ville d'Évry", "mairie d'evr", "91000"])
def test_accents_case_and_usual_words_do_not_matter(saisie):
    TerritoireFactory(nom="Évry-Courcouronnes", codes_postaux="91000 91080")
    assert "Évry-Courcouronnes" in chercher(saisie)


@pytest.mark.parametrize(
    ("nom", "saisie"), [("Saint-Denis", "st denis"), ("CC St-Gildas", "saint gil")]
)
def test_saint_is_found_however_it_is_written(nom, saisie):
    TerritoireFactory(nom=nom)
    TerritoireFactory(nom="Strasbourg")
    page = chercher(saisie)
    assert nom in page
    assert "Strasbourg" not in page


def test_the_place_that_bears_exactly_that_name_comes_first():
    TerritoireFactory(nom="Yerres", population=30_000)
    TerritoireFactory(nom="Y", population=90)
    page = chercher("y")
    assert page.index(">Y</a>") < page.index("Yerres")


def test_a_territory_whose_organisation_is_here_is_not_offered_again():
    lyon = TerritoireFactory(nom="Lyon")
    OrganisationFactory(nom="Ville de Lyon", territoire=lyon, type="commune")
    page = chercher("lyon")
    assert "Ville de Lyon" in page
    assert f"territoire={lyon.pk}" not in page


def test_an_organisation_not_validated_is_hidden_from_strangers():
    OrganisationFactory(nom="Fabrique secrète", validee=False)
    assert "Fabrique secrète" not in chercher("fabrique")
    assert "Fabrique secrète" not in Client().get(ADRESSE).content.decode()


def test_htmx_is_sent_the_results_alone_and_caches_know_it():
    OrganisationFactory(nom="Métropole de Lille")
    reponse = Client().get(ADRESSE, {"q": "lille"}, HTTP_HX_REQUEST="true")
    page = reponse.content.decode()
    assert "<html" not in page
    assert "Métropole de Lille" in page
    assert "HX-Request" in reponse["Vary"]


@pytest.mark.parametrize("saisie", ["!!!", "'", "a:* & |", "\x00", "é" * 300, "<script>"])
def test_whatever_is_typed_gets_a_page(saisie):
    reponse = Client().get(ADRESSE, {"q": saisie})
    assert reponse.status_code == 200
    assert "<script>" not in reponse.content.decode().replace("<script src", "")


def test_without_a_word_all_are_listed_page_by_page():
    OrganisationFactory.create_batch(35)
    premiere = Client().get(ADRESSE).content.decode()
    assert "35 organisations" in premiere
    seconde = Client().get(ADRESSE, {"page": 2}).content.decode()
    assert "Organisations précédentes" in seconde


def test_an_empty_platform_says_what_to_do():
    assert "Aucune organisation pour l" in Client().get(ADRESSE).content.decode()


@pytest.mark.parametrize("params", [{}, {"q": "ville"}])
def test_more_organisations_make_no_more_queries(params):
    def compter():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as requetes:
            Client().get(ADRESSE, params)
        return len(requetes)

    OrganisationFactory(nom="Ville 0", territoire=TerritoireFactory())
    TerritoireFactory(nom="Ville-sur-Eau", departement=TerritoireFactory(niveau="departement"))
    une = compter()
    for numero in range(40):
        OrganisationFactory(nom=f"Ville {numero}", territoire=TerritoireFactory())
        TerritoireFactory(
            nom=f"Ville-{numero}", departement=TerritoireFactory(niveau="departement")
        )
    assert compter() == une
