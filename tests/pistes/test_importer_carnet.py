"""``importer_carnet``: says what it understood; writes drafts when asked, all of them or none."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.urls import reverse

from pistes import importation
from pistes.models import EditionOrientation, EditionPiste, Orientation, Piste, Recueil
from pistes.redaction import texte_de
from reflexes.models import Terrain, VersionCartographie
from tests.pistes.carnet_essai import CARNET

MODELES = [
    *apps.get_app_config("pistes").get_models(),
    *apps.get_app_config("reflexes").get_models(),
]


@pytest.fixture
def fichier(tmp_path):
    chemin = tmp_path / "carnet.md"
    chemin.write_text(CARNET)
    return chemin


def _importer(chemin, **options):
    sortie = StringIO()
    call_command("importer_carnet", str(chemin), stdout=sortie, **options)
    return sortie.getvalue()


def _lignes():
    return {modele.__name__: modele._default_manager.count() for modele in MODELES}


def test_without_the_flag_it_prints_and_writes_nothing(db, fichier):
    sortie = _importer(fichier)
    assert "Les veilleurs d'essai" in sortie
    assert "Rien n'a été écrit" in sortie
    assert sortie.rstrip().endswith("2 pistes")
    assert set(_lignes().values()) == {0}


def test_on_an_empty_database_it_makes_recueil_orientations_pistes_and_their_drafts(db, fichier):
    sortie = _importer(fichier, appliquer=True)
    assert sortie.rstrip().endswith("2 pistes")
    piste = Piste.objects.get(cle="carnet-022")
    assert (piste.slug, piste.page, piste.orientation.numero) == ("comites-d-essai", 22, 1)
    edition = piste.editions.get()
    assert (edition.etat, edition.origine) == ("brouillon", "import")
    texte = texte_de(edition)
    assert "Le constat original des comités" in texte.constat
    assert texte.levier == "Le levier original des comités."
    assert texte.renvois == [28]
    assert texte.mots_cles == ["Influence"]
    assert [d.titre for d in texte.details] == ["Un premier point"]
    assert texte.inspirations[0].lien == "https://exemple.fr/comites"
    assert EditionOrientation.objects.brouillons().get().orientation.mot_cle == "Influence"
    assert Recueil.objects.get().cle == "carnet"


def test_nothing_of_it_is_public_until_a_curateur_publishes(client, db, fichier, curatrice):
    _importer(fichier, appliquer=True)
    piste = Piste.objects.get(page=22)
    assert client.get(piste.get_absolute_url()).status_code == 404
    assert "d&#x27;essai" not in client.get(reverse("pistes:liste")).content.decode()
    client.force_login(curatrice)
    assert "Les comités d&#x27;essai" in client.get(reverse("pistes:brouillons")).content.decode()
    client.post(reverse("pistes:soumettre_texte", args=[piste.editions.get().pk]))
    client.post(reverse("pistes:publier", args=[piste.editions.get().pk]))
    client.logout()
    page = client.get(piste.get_absolute_url()).content.decode()
    assert "Le constat original des comités" in page
    assert "Document original importé" in page


def test_run_twice_it_changes_nothing_and_says_so(db, fichier):
    _importer(fichier, appliquer=True)
    avant = _lignes()
    assert "rien n'a changé" in _importer(fichier, appliquer=True)
    assert _lignes() == avant


def test_imported_again_after_publication_it_still_changes_nothing(db, fichier, curatrice):
    _importer(fichier, appliquer=True)
    edition = EditionPiste.objects.get(piste__page=22)
    edition.soumettre(par=curatrice)
    edition.publier(par=curatrice)
    assert "rien n'a changé" in _importer(fichier, appliquer=True)


def test_a_corrected_document_brings_only_what_changed(db, fichier):
    _importer(fichier, appliquer=True)
    fichier.write_text(CARNET.replace("constat original des veilleurs", "constat corrigé"))
    assert "1 textes de piste, 0 d'orientation, 0 version" in _importer(fichier, appliquer=True)
    assert Piste.objects.get(page=28).editions.count() == 2


def test_over_the_shipped_catalogue_it_reuses_its_pistes_and_terrains(corpus, fichier):
    _importer(fichier, appliquer=True)
    assert Piste.objects.filter(recueil__cle="carnet").count() == 17
    assert Orientation.objects.count() == 7
    assert Piste.objects.get(page=22).editions.publies().get().origine == "corpus"
    version = VersionCartographie.objects.get(code="CARNET-INTEGRAL")
    assert not version.est_publiee
    assert version.terrains.get().terrain.cle == "budgets-participatifs"
    assert Terrain.objects.count() == 13


def test_the_corpus_loaded_after_an_import_completes_it(db, fichier):
    _importer(fichier, appliquer=True)
    call_command("charger_corpus", verbosity=0)
    assert EditionPiste.objects.publies().count() == 27
    assert Orientation.objects.count() == 7
    assert "27e Région" in Recueil.objects.get(cle="carnet").editeur
    assert Piste.objects.get(page=22).editions.brouillons().get().origine == "import"


SECTION_DES_VEILLEURS = CARNET[CARNET.index("## Piste • Les veilleurs") :]
ANNONCE_DES_VEILLEURS = (
    "- **Les veilleurs d'essai** <sup>28</sup>, pour voir venir\n[#Influence](#)\n"
)


@pytest.mark.parametrize(
    ("avant", "apres", "phrase"),
    [
        (SECTION_DES_VEILLEURS, "", "Les veilleurs d'essai.*au sommaire.*son texte manque"),
        (ANNONCE_DES_VEILLEURS, "", "Les veilleurs d'essai.*le sommaire ne l'annonce pas"),
        ("<sup>28</sup>, pour voir", "<sup>22</sup>, pour voir", "Les veilleurs d'essai"),
        ("### Un premier point", "### " + "Un point " * 60, "dépasse 300"),
    ],
    ids=["page perdue", "annonce perdue", "page en double", "titre démesuré"],
)
def test_a_document_whose_contents_and_pages_differ_is_refused_whole(
    db, fichier, avant, apres, phrase
):
    assert avant in CARNET
    fichier.write_text(CARNET.replace(avant, apres, 1))
    _importer(fichier)  # reading it is always possible
    with pytest.raises(CommandError, match=phrase):
        _importer(fichier, appliquer=True)
    assert set(_lignes().values()) == {0}


@pytest.mark.parametrize(
    ("contenu", "phrase"),
    [
        (b"", "est vide"),
        (b"   \n\n", "est vide"),
        (CARNET.encode("latin-1", "replace"), "UTF-8"),
        (CARNET.encode("utf-16"), "UTF-8"),
        (b"\x00\x01\x02" * 100, "UTF-8"),
        (b"# Une liste de courses\n\n- du pain\n", "ni orientation ni piste"),
        (b"x" * 50_000_000, "trop gros"),
    ],
    ids=["vide", "blancs", "latin-1", "utf-16", "binaire", "autre", "50-mo"],
)
@pytest.mark.parametrize("appliquer", [False, True])
def test_an_unreadable_file_is_refused_and_leaves_everything_as_it_was(
    db, tmp_path, contenu, phrase, appliquer
):
    chemin = tmp_path / "mauvais.md"
    chemin.write_bytes(contenu)
    with pytest.raises(CommandError, match=phrase):
        _importer(chemin, appliquer=appliquer)
    assert set(_lignes().values()) == {0}


def test_a_folder_or_a_missing_file_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="est un dossier"):
        _importer(tmp_path, appliquer=True)
    with pytest.raises(CommandError, match="introuvable"):
        _importer(tmp_path / "absent.md", appliquer=True)


def test_a_failure_in_the_middle_leaves_nothing(db, fichier, monkeypatch):
    def tomber(*args):
        raise RuntimeError

    monkeypatch.setattr(importation, "importer_cartographie", tomber)
    with pytest.raises(RuntimeError):
        _importer(fichier, appliquer=True)
    assert set(_lignes().values()) == {0}
