"""The same rows in every format, the columns one chose, and the dictionary that comes along."""

import io
import json
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapports import ecriture_ods
from rapports.colonnes import Colonne, deneutraliser, neutraliser
from rapports.export_tests import COLONNES
from tests.fabriques import TestFactory, un_test_evalue
from tests.rapports.lecture import les_csv, les_xlsx, telecharger

O = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"  # noqa: E741
T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
P = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
PIEGES = "=1+1\n  deux  espaces\tet <b>&amp;</b> « œuvre »\x0b"


def paragraphe(p):
    mots = p.text or ""
    for enfant in p:
        mots += "\t" if enfant.tag == f"{P}tab" else " " * int(enfant.get(f"{P}c"))
        mots += enfant.tail or ""
    return mots


def cellule(c):
    genre = c.get(f"{O}value-type")
    if genre == "float":
        return float(c.get(f"{O}value"))
    if genre == "date":
        return c.get(f"{O}date-value")
    return "\n".join(paragraphe(p) for p in c)


def lire_ods(contenu):
    """Every sheet: its name, its rows."""
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.read("mimetype").decode() == ecriture_ods.TYPE_MIME
        racine = ElementTree.fromstring(archive.read("content.xml"))
    return {
        table.get(f"{T}name"): [
            [cellule(c) for c in ligne] for ligne in table.iter(f"{T}table-row")
        ]
        for table in racine.iter(f"{T}table")
    }


def test_every_format_holds_the_same_rows(client_admin):
    un_test_evalue(titre="Crèche « les Lilas »")
    TestFactory(titre=PIEGES, hypothese="")
    par_csv = les_csv(client_admin, "/exports/tests.csv")
    par_xlsx = les_xlsx(client_admin, "/exports/tests.xlsx")
    _titres, *par_ods = lire_ods(telecharger(client_admin, "/exports/tests.ods"))["Les tests"]
    par_json = json.loads(telecharger(client_admin, "/exports/tests.json"))["lignes"]
    assert [x["Numéro"].value for x in par_xlsx] == [float(c["Numéro"]) for c in par_csv]
    for un_csv, un_ods, un_json in zip(par_csv, par_ods, par_json, strict=True):
        for colonne, en_ods in zip(COLONNES, un_ods, strict=True):
            en_json, en_csv = un_json[colonne.cle], un_csv[colonne.titre]
            if colonne.genre == "date":
                assert (en_json or "") == en_ods
                assert "/".join(reversed(en_ods.split("-"))) == en_csv
            elif colonne.genre == "nombre":
                assert en_csv == ("" if en_json is None else str(en_json))
                assert en_ods == ("" if en_json is None else en_json)
            else:
                assert deneutraliser(en_csv) == en_json
                assert deneutraliser(en_ods) == en_json.replace("\x0b", "")


def test_a_json_says_what_it_is_and_gives_texts_as_they_were_written(client_admin):
    TestFactory(titre=PIEGES)
    contenu = json.loads(telecharger(client_admin, "/exports/tests.json?etat=preparation"))
    assert (contenu["donnees"], contenu["filtre"]) == ("tests", {"etat": "preparation"})
    assert contenu["lignes"][0]["titre"] == PIEGES
    assert [c["cle"] for c in contenu["colonnes"]] == list(contenu["lignes"][0])


@pytest.mark.parametrize("format", ["csv", "json"])
def test_an_export_without_rows_is_whole(format, client_admin):
    contenu = telecharger(client_admin, f"/exports/tests.{format}")
    if format == "json":
        assert json.loads(contenu)["lignes"] == []
    else:
        assert contenu.decode().count("\n") == 1


def test_only_the_chosen_columns_leave_in_the_order_of_the_export(client_admin):
    TestFactory(titre="Crèche")
    choisies = "?colonne=organisation&colonne=titre"
    (ligne,) = les_csv(client_admin, f"/exports/tests.csv{choisies}")
    assert list(ligne) == ["Titre", "Organisation"]
    (ligne,) = json.loads(telecharger(client_admin, f"/exports/tests.json{choisies}"))["lignes"]
    assert list(ligne) == ["titre", "organisation"]


def test_a_column_that_does_not_exist_is_refused_in_words(client_admin):
    reponse = client_admin.get("/exports/tests.csv?colonne=mot_de_passe&quoi=tests")
    assert reponse.status_code == 400
    assert "mot_de_passe" in reponse.content.decode()


def test_each_column_has_a_name_of_its_own_and_its_line_in_the_dictionary(client_admin):
    from rapports.catalogue import EXPORTS

    TestFactory()
    for export in EXPORTS.values():
        cles = [colonne.cle for colonne in export.colonnes]
        assert len(set(cles)) == len(cles), export.cle
        assert all(cles), export.cle
        lignes = les_csv(client_admin, f"/exports/{export.cle}/colonnes/")
        assert [ligne["Nom dans le JSON"] for ligne in lignes] == cles
        assert all(ligne["Ce qu'elle contient"] for ligne in lignes)
    feuilles = lire_ods(telecharger(client_admin, "/exports/tests.ods"))
    assert [ligne[1] for ligne in feuilles["Colonnes"][1:]] == [c.cle for c in COLONNES]


def test_a_full_sheet_opens_the_next_one():
    colonnes = (Colonne("N", "n", "nombre"),)
    with ecriture_ods.fichier("T", colonnes, ((n,) for n in range(5)), par_feuille=2) as fichier:
        feuilles = lire_ods(fichier.read())
    assert [len(lignes) - 1 for lignes in feuilles.values()] == [2, 2, 1, 1]


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\n a＝é"), max_size=8) | st.text(max_size=20))
def test_a_neutralised_text_comes_back_as_it_was(texte):
    neutre = neutraliser(texte)
    assert deneutraliser(neutre) == texte
    assert neutre.lstrip()[:1] not in set("=+-@＝＋－＠") or not neutre
