"""The official territories: loaded from the shipped file, twice, and after a change."""

import csv
import lzma
from io import StringIO

import pytest
from django.core.management import call_command

from comptes.models import Territoire
from comptes.territoires import charger, lire

pytestmark = pytest.mark.django_db
COLONNES = [
    "niveau",
    "code",
    "nom",
    "siren",
    "epci",
    "departement",
    "region",
    "population",
    "type",
    "codes_postaux",
]
LIGNES = [
    ["commune", "69123", "Lyon", "216901231", "200046977", "69", "84", "520774", "", "69001 69002"],
    [
        "epci",
        "200046977",
        "Métropole de Lyon",
        "200046977",
        "200046977",
        "69",
        "84",
        "1416545",
        "MET69",
        "",
    ],
    ["departement", "69", "Rhône", "", "", "69", "84", "", "metro", ""],
    ["region", "84", "Auvergne-Rhône-Alpes", "", "", "", "84", "", "metro", ""],
]


def ecrire(chemin, lignes):
    with lzma.open(chemin, "wt", encoding="utf-8", newline="") as flux:
        csv.writer(flux).writerows([COLONNES, *lignes])
    return chemin


@pytest.fixture
def fichier(tmp_path):
    return ecrire(tmp_path / "t.csv.xz", LIGNES)


def test_each_one_knows_where_it_belongs_whatever_the_order(fichier):
    assert charger(fichier).crees == 4
    lyon = Territoire.objects.get(niveau="commune", code="69123")
    assert (lyon.epci.nom, lyon.departement.nom) == ("Métropole de Lyon", "Rhône")
    assert lyon.departement.region == lyon.region
    assert (lyon.population, lyon.codes_postaux) == (520774, "69001 69002")
    assert Territoire.objects.get(niveau="region").region is None


def test_a_second_time_changes_nothing(fichier, django_assert_max_num_queries):
    charger(fichier)
    with django_assert_max_num_queries(4):
        bilan = charger(fichier)
    assert (bilan.crees, bilan.mis_a_jour, bilan.inchanges) == (0, 0, 4)


def test_a_change_of_the_official_code_is_followed_and_keys_stay(fichier, tmp_path):
    charger(fichier)
    pk = Territoire.objects.get(code="69123").pk
    nouvelles = [[*LIGNES[0][:2], "Lyon-Ville", *LIGNES[0][3:]], *LIGNES[2:]]
    nouvelles[0][4] = ""
    bilan = charger(ecrire(tmp_path / "u.csv.xz", nouvelles))
    assert (bilan.crees, bilan.mis_a_jour, bilan.inchanges) == (0, 1, 2)
    assert bilan.disparus == ["epci 200046977"]
    lyon = Territoire.objects.get(pk=pk)
    assert (lyon.nom, lyon.epci) == ("Lyon-Ville", None)


def test_the_shipped_file_is_whole():
    lues = lire()
    assert {niveau: len(lignes) for niveau, lignes in lues.items()} == {
        "region": 26,
        "departement": 109,
        "epci": 1255,
        "commune": 34969,
    }


@pytest.mark.lent
def test_the_command_loads_everything_then_nothing():
    sortie = StringIO()
    call_command("charger_territoires", stdout=sortie)
    assert "36359 ajoutés" in sortie.getvalue()
    call_command("charger_territoires", stdout=sortie)
    assert "36359, rien à changer" in sortie.getvalue()
    assert Territoire.objects.nommes("ville de grenoble").first().departement.nom == "Isère"
