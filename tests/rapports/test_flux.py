"""Exports are streamed, cost the same queries whatever their size, and are written down."""

import datetime as dt
import tracemalloc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rapports import ecriture_csv, ecriture_xlsx
from rapports.export_tests import TESTS
from rapports.models import ExportFait
from tests.fabriques import OrganisationFactory, PisteFactory, TestFactory, un_test_evalue
from tests.rapports.lecture import les_csv, telecharger
from tests_programme.models import Test


def des_tests(nombre):
    piste, organisation = PisteFactory(), OrganisationFactory()
    Test.objects.bulk_create(
        [
            Test(piste=piste, organisation=organisation, titre=f"Test {n}", contexte="mot " * 100)
            for n in range(nombre)
        ],
        batch_size=1000,
    )


@pytest.mark.parametrize(
    "adresse",
    ["/exports/tests.csv", "/exports/tests.xlsx", "/exports/pistes.csv", "/exports/pistes.xlsx"],
)
def test_two_hundred_rows_cost_the_queries_of_ten(adresse, client_admin):
    couts = []
    for nombre in (10, 190):
        for _ in range(nombre):
            PisteFactory() if "pistes" in adresse else TestFactory()
        with CaptureQueriesContext(
            connection,
        ) as requetes:
            telecharger(client_admin, adresse)
        couts.append(len(requetes))
    assert couts[0] == couts[1]


def test_related_rows_cost_no_query_either(client_admin):
    un_test_evalue()
    with CaptureQueriesContext(connection) as avant:
        telecharger(client_admin, "/exports/tests.csv")
    for _ in range(3):
        un_test_evalue()
    with CaptureQueriesContext(connection) as apres:
        telecharger(client_admin, "/exports/tests.csv")
    assert len(avant) == len(apres)


def test_the_titles_leave_before_the_first_row_is_read(client_admin):
    TestFactory()
    with CaptureQueriesContext(connection) as requetes:
        reponse = client_admin.get("/exports/tests.csv")
        flux = iter(reponse.streaming_content)
        assert next(flux).decode("utf-8-sig").startswith("Numéro;")
        assert not [r for r in requetes if "tests_programme_critere" in r["sql"]]
        assert "Essayer la chose" in next(flux).decode()
        assert [r for r in requetes if "tests_programme_critere" in r["sql"]]
    assert reponse.streaming


def test_rows_are_read_as_they_leave():
    lus = []

    def lignes():
        for n in range(10_000):
            lus.append(n)
            yield (n,)

    flux = ecriture_csv.morceaux(TESTS.colonnes[:1], lignes())
    next(flux)
    next(flux)
    assert len(lus) == ecriture_csv.PAQUET


def test_an_export_is_written_down_with_its_filter_and_rows(client_admin, administrateur):
    TestFactory(titre="Crèche")
    TestFactory(titre="Accueil")
    telecharger(client_admin, "/exports/tests.csv?q=creche&etat=preparation&programme=&page=2")
    fait = ExportFait.objects.get()
    assert (fait.quoi, fait.format, fait.par) == ("tests", "csv", administrateur)
    assert fait.filtre == {"q": "creche", "etat": "preparation"}
    assert fait.lignes == 1
    assert abs(fait.fait_le - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)
    telecharger(client_admin, "/exports/pistes.xlsx")
    dernier = ExportFait.objects.first()
    assert (dernier.quoi, dernier.format, dernier.filtre, dernier.lignes) == (
        "pistes",
        "xlsx",
        {},
        2,
    )


def test_an_interrupted_download_says_so(client_admin):
    TestFactory()
    reponse = client_admin.get("/exports/tests.csv")
    next(iter(reponse.streaming_content))
    # Not ``reponse.close()``: with the request, it would end the connection of this test.
    del reponse
    assert ExportFait.objects.get().lignes is None
    assert "nterrompu" in client_admin.get("/exports/").content.decode()


def test_a_refusal_is_not_an_export(clients):
    clients["visiteur"].get("/exports/tests.csv")
    clients["administrateur"].get("/exports/tests.csv?etat=peut-etre")
    clients["administrateur"].get("/exports/tests.csv?colonne=mot_de_passe")
    assert not ExportFait.objects.exists()


def test_the_page_counts_the_rows_that_would_leave(client_admin):
    TestFactory(titre="Crèche")
    TestFactory(titre="Accueil")
    html = client_admin.get("/exports/?quoi=tests&q=creche").content.decode()
    assert "<strong>1 ligne</strong>" in html
    assert "<strong>2 lignes</strong>" in html  # the pistes are not narrowed
    assert 'value="creche"' in html
    assert html.count('id="tests-q"') == html.count('id="pistes-q"') == 1


@pytest.mark.lent
@pytest.mark.django_db
@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_twenty_thousand_rows_fit_in_a_small_memory(format, client_admin):
    des_tests(20_000)
    telecharger(client_admin, "/exports/tests.csv?q=introuvable")  # what is loaded once, apart
    tracemalloc.start()
    taille = sum(
        len(morceau) for morceau in client_admin.get(f"/exports/tests.{format}").streaming_content
    )
    _, sommet = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taille > (10_000_000 if format == "csv" else 500_000)
    assert sommet < 16_000_000  # some 2 000 rows at once, not 20 000
    assert ExportFait.objects.first().lignes == 20_000


@pytest.mark.lent
def test_a_sheet_is_written_row_by_row():
    colonnes = TESTS.colonnes[:2]
    tracemalloc.start()
    ecriture_xlsx.fichier("T", colonnes, ((n, f"ligne {n}") for n in range(20_000))).close()
    _, sommet = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sommet < 3_000_000


def test_a_test_with_two_lessons_and_two_criteria_is_one_row(client_admin):
    test = un_test_evalue()
    Test.objects.filter(pk=test.pk).update(contexte="x")
    test.enseignements.create(piste=test.piste, type="obstacle", texte="Le vendredi, non.")
    test.voix.create(fonction="voisin", texte="Bien.", consentement=True)
    (ligne,) = les_csv(client_admin, "/exports/tests.csv")
    assert (ligne["Enseignements"], ligne["Voix d'usager·ères"]) == ("2", "2")
