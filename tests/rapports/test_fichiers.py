"""The files themselves: headers, encoding, harmless texts, real dates, sheets."""

import csv
import datetime as dt
import io

import openpyxl
import pytest
import time_machine
from openpyxl.utils.escape import unescape

from rapports import ecriture_csv, ecriture_xlsx
from rapports.colonnes import Colonne, neutraliser
from tests.conftest import client_de
from tests.fabriques import TestFactory, un_test_demarre
from tests.rapports.lecture import les_csv, les_xlsx, telecharger, tout

PIEGES = ["=1+1", "@SUM(A1)", "-2+3", "+33 1", "\t=1+1", "\r=1+1", "\n=1", "  =1+1", "＝1+1"]
HONNETES = ["Équipe « œuvre »", "l'été", "12", "a=1", "«-»", 'dit "oui"; puis non', "fin\nligne"]


@pytest.mark.parametrize(
    ("format", "type_"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_the_file_says_its_name_its_type_and_not_to_guess(format, type_, administrateur):
    with time_machine.travel(dt.datetime(2026, 11, 20, 23, 30, tzinfo=dt.UTC)):
        reponse = client_de(administrateur).get(f"/exports/tests.{format}")
        tout(reponse)
    assert reponse["Content-Disposition"] == f'attachment; filename="tests-2026-11-21.{format}"'
    assert reponse["Content-Type"] == type_
    assert reponse["X-Content-Type-Options"] == "nosniff"
    assert reponse["Cache-Control"] == "private, no-store"


def test_an_empty_export_still_has_its_titles(client_admin):
    texte = telecharger(client_admin, "/exports/tests.csv").decode("utf-8-sig")
    assert texte.startswith("Numéro;Titre;État;")
    assert texte.count("\r\n") == 1
    assert les_xlsx(client_admin, "/exports/tests.xlsx") == []


@pytest.mark.parametrize("piege", PIEGES)
def test_a_text_that_begins_like_a_formula_leaves_as_a_text(piege, client_admin):
    TestFactory(titre=piege)
    (ligne,) = les_csv(client_admin, "/exports/tests.csv")
    assert ligne["Titre"] == f"'{piege}"
    (cellules,) = les_xlsx(client_admin, "/exports/tests.xlsx")
    assert cellules["Titre"].data_type == "s"
    assert unescape(cellules["Titre"].value) == f"'{piege}"


@pytest.mark.parametrize("texte", HONNETES)
def test_any_other_text_leaves_as_it_is(texte, client_admin):
    TestFactory(titre="T", contexte=texte)
    assert les_csv(client_admin, "/exports/tests.csv")[0]["Contexte et besoin"] == texte
    cellule = les_xlsx(client_admin, "/exports/tests.xlsx")[0]["Contexte et besoin"]
    assert (cellule.data_type, cellule.value) == ("s", texte)


def test_an_organisation_cannot_smuggle_a_formula_through_its_name(client_admin):
    TestFactory(organisation__nom="=cmd|' /C calc'!A0")
    assert les_csv(client_admin, "/exports/tests.csv")[0]["Organisation"].startswith("'=")


def test_no_text_at_all_stays_empty():
    assert neutraliser(None) == neutraliser("") == ""


def test_numbers_and_dates_are_numbers_and_dates_in_the_sheet(client_admin):
    test = un_test_demarre(at=dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC))
    (cellules,) = les_xlsx(client_admin, "/exports/tests.xlsx")
    assert cellules["Numéro"].value == test.pk
    assert cellules["Critères"].value == 1
    assert cellules["Date de péremption"].is_date
    assert cellules["Date de péremption"].number_format == "dd/mm/yyyy"
    assert cellules["Date de péremption"].value.date() == test.date_peremption
    assert cellules["Démarré le"].value == dt.datetime(2026, 11, 2)
    assert cellules["Terminé le"].value is None
    assert all(cellule.data_type != "f" for cellule in cellules.values())


def test_a_negative_number_is_not_taken_for_a_formula():
    colonnes = (Colonne("N", "n", "nombre"),)
    (texte,) = "".join(ecriture_csv.morceaux(colonnes, [(-3,)])).splitlines()[1:]
    assert texte == "-3"


def test_more_rows_than_a_sheet_holds_open_the_next_sheet():
    colonnes = (Colonne("N", "n", "nombre"), Colonne("T", "t"))
    lignes = [(n, f"ligne {n}") for n in range(7)]
    with ecriture_xlsx.fichier("Tests", colonnes, lignes, par_feuille=3) as fichier:
        classeur = openpyxl.load_workbook(io.BytesIO(fichier.read()))
    *feuilles, colonnes_dites = classeur
    assert [f.title for f in feuilles] == ["Tests", "Tests (2)", "Tests (3)"]
    assert colonnes_dites.title == "Colonnes"
    lus = [n for f in feuilles for (n,) in f.iter_rows(min_row=2, max_col=1, values_only=True)]
    assert lus == list(range(7))


def test_a_full_last_sheet_opens_no_empty_one():
    colonnes = (Colonne("N", "n", "nombre"),)
    with ecriture_xlsx.fichier("T", colonnes, [(1,), (2,)], par_feuille=2) as f:
        assert openpyxl.load_workbook(io.BytesIO(f.read())).sheetnames == ["T", "Colonnes"]


def test_a_text_longer_than_a_cell_is_cut_with_an_ellipsis():
    for signe in ["a", "é", "🌱"]:
        coupe = ecriture_xlsx.couper(signe * 40_000)
        assert coupe.endswith(f"{signe}…")
        assert len(coupe.encode("utf-16-le")) // 2 <= 32_767
    assert ecriture_xlsx.couper("a" * 32_767) == "a" * 32_767


def test_a_day_before_1900_stays_readable():
    colonnes = (Colonne("Date", "d", "date"),)
    with ecriture_xlsx.fichier("T", colonnes, [(dt.date(1789, 7, 14),)]) as fichier:
        feuille = openpyxl.load_workbook(io.BytesIO(fichier.read())).active
    assert feuille["A2"].value == "14/07/1789"


def test_the_csv_reads_back_whatever_its_texts_hold():
    colonnes = (Colonne("T", "t"), Colonne("U", "u"))
    lignes = [('a;"b"\r\nc', "d"), ("", "é")]
    texte = "".join(ecriture_csv.morceaux(colonnes, lignes)).removeprefix(ecriture_csv.BOM)
    assert list(csv.reader(io.StringIO(texte, newline=""), delimiter=";"))[1:] == [
        ['a;"b"\r\nc', "d"],
        ["", "é"],
    ]
