"""A CSV as people make it: what can be read is, what cannot is said with its line."""

import pytest

from config.tableur_ecrit import ecrire
from config.tableur_lu import TableurRefuse, lire
from config.telephones import a_composer, en_francais

COLONNES = {"nom": ["Nom", "Prénom et nom"], "telephone": ["Téléphone", "Tél"], "ville": ["Ville"]}
TEXTE = "Nom;Téléphone;Ville\nÉlise;06 00 00 00 01;Étaples\n"


def noms(contenu):
    return [ligne.valeurs["nom"] for ligne in lire(contenu, COLONNES).lignes]


@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separateur", [";", ",", "\t"])
def test_the_encodings_and_separators_of_spreadsheets_are_read(encodage, separateur):
    assert noms(TEXTE.replace(";", separateur).encode(encodage)) == ["Élise"]


def test_titles_are_known_by_their_words_in_any_order_and_others_are_named():
    lu = lire("VILLE;autre;tel;prenom et nom\nA;x;06;Élise\n".encode(), COLONNES)
    assert lu.lignes[0].valeurs == {"ville": "A", "telephone": "06", "nom": "Élise"}
    assert lu.inconnues == ["autre"]
    assert lu.lignes[0].numero == 2


def test_a_missing_column_is_named():
    with pytest.raises(TableurRefuse, match="Il manque : « Téléphone »"):
        lire(b"Nom\nA\n", COLONNES, obligatoires=["nom", "telephone"])


def test_broken_lines_are_set_aside_with_their_number_and_the_others_kept():
    contenu = 'Nom;Tél;Ville\nA;1;X\n"B;2;X\nC;3;X;4;5\nD\x00;4;X\n\n;;\nE;5;"en\ndeux"\nF\n'
    lu = lire(contenu.encode(), COLONNES)
    assert [ligne.valeurs["nom"] for ligne in lu.lignes] == ["A", "E", "F"]
    assert lu.lignes[1].valeurs["ville"] == "en\ndeux"
    assert [ligne.numero for ligne in lu.lignes] == [2, 8, 10]
    assert [(r.numero, r.raison) for r in lu.refusees] == [
        (3, "un guillemet ouvert n'est pas fermé"),
        (4, "5 cellules pour 3 colonnes"),
        (5, "un caractère illisible"),
    ]


@pytest.mark.parametrize(
    ("contenu", "dit"),
    [
        (b"", "vide"),
        (b"\n;;\n", "vide"),
        (b"PK\x03\x04reste", "classeur"),
        (b"\x81\x8d\xff", "CSV"),
        (b"a" * (5 * 1024 * 1024 + 1), "trop lourd"),
    ],
)
def test_what_is_no_table_is_refused_in_words(contenu, dit):
    with pytest.raises(TableurRefuse, match=dit):
        lire(contenu, COLONNES)


def test_a_written_cell_is_never_a_formula():
    fichier = ecrire(["a"], [["=1+1"], ["-2"], [3], ["mot"]])
    assert fichier.splitlines() == ["\ufeffa", "'=1+1", "'-2", "3", "mot"]


@pytest.mark.parametrize(
    ("saisie", "montre"),
    [
        ("0600000001", "06 00 00 00 01"),
        ("06.00.00.00.01", "06 00 00 00 01"),
        ("+33 (0)6 00 00 00 01", "06 00 00 00 01"),
        ("0033600000001", "06 00 00 00 01"),
        ("600000001", "06 00 00 00 01"),
        ("+32 470 00 00 01", "+32470000001"),
        ("06 00 00 00", None),
        ("rappeler le soir", None),
        ("٠٦٠٠٠٠٠٠٠١", None),
        ("", None),
    ],
)
def test_a_phone_number_is_checked_and_shown_in_the_french_way(saisie, montre):
    assert en_francais(saisie) == montre


def test_a_number_is_dialled_without_its_spaces():
    assert a_composer("06 00 00 00 01") == "0600000001"
