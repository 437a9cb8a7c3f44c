"""Bringing a document in through the screen: read, looked at, corrected, accepted piece by piece."""

import threading
import time
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from pistes.models import EditionOrientation, EditionPiste, Importation, PieceImportee, Piste
from pistes.redaction import texte_de
from reflexes.models import VersionCartographie
from tests.conftest import client_de
from tests.fabriques import UtilisateurFactory
from tests.pistes.carnet_essai import CARNET
from tests.pistes.ensemble_essai import ENSEMBLE
from tests.pistes.test_brouillons import _saisie

VRAI = Path(__file__).parents[2].parent / "shared" / "seeds" / "000_20b898d8407c2fe9.txt"
MODELES = list(apps.get_app_config("pistes").get_models())


def _envoyer(user, contenu, nom="carnet.md", **champs):
    fichier = SimpleUploadedFile(nom, contenu if isinstance(contenu, bytes) else contenu.encode())
    return client_de(user).post(reverse("pistes:imports"), {"fichier": fichier, **champs})


def _lignes():
    return {modele.__name__: modele._default_manager.count() for modele in MODELES}


@pytest.fixture
def importe(db, curatrice):
    """The small notebook, uploaded: two pieces, at pages 22 and 28."""
    _envoyer(curatrice, CARNET)
    return Importation.objects.get()


def _piece(user, piece, **champs):
    client = client_de(user)
    adresse = piece.get_absolute_url()
    return client.post(adresse, _saisie(client, adresse) | champs)


def test_a_document_is_read_and_nothing_is_public(client, importe, curatrice):
    pieces = list(importe.pieces.all())
    assert [(p.titre, p.piste.page, p.etat) for p in pieces] == [
        ("Les comités d'essai", 22, "a_voir"),
        ("Les veilleurs d'essai", 28, "a_voir"),
    ]
    assert not EditionPiste.objects.exists()
    page = client_de(curatrice).get(importe.get_absolute_url()).content.decode()
    assert "2 pistes lues" in page
    assert "Nouvelle : aucun texte" in page
    assert client.get(pieces[0].piste.get_absolute_url()).status_code == 404


def test_the_piece_shows_the_original_lines_with_each_doubt_at_its_line(importe, curatrice):
    piece = importe.pieces.first()
    Importation.objects.update(
        doutes=[
            {"ligne": piece.ligne_debut + 2, "message": "Un doute précis.", "fin": None},
            {"ligne": 1, "message": "Un doute ailleurs.", "fin": 2},
        ]
    )
    html = client_de(curatrice).get(piece.get_absolute_url()).content.decode()
    debut = html.index(f'id="ligne-{piece.ligne_debut + 2}"')
    fin = html.index(f'id="ligne-{piece.ligne_debut + 3}"')
    assert "original-doute" in html[debut:fin]
    assert "Un doute précis." in html[debut:fin]
    assert "Un doute ailleurs." not in html
    assert "Le constat original des comités" in html
    ensemble = client_de(curatrice).get(importe.get_absolute_url()).content.decode()
    assert "Un doute ailleurs." in ensemble


def test_corrected_then_accepted_it_is_a_draft_of_this_person(importe, curatrice):
    piece = importe.pieces.first()
    reponse = _piece(curatrice, piece, levier="Le levier corrigé.", suite="brouillon")
    assert reponse.url == importe.pieces.last().get_absolute_url()  # the next to look at
    edition = EditionPiste.objects.pour_redaction().get()
    assert (edition.etat, edition.origine, edition.auteur) == ("brouillon", "import", curatrice)
    assert edition.levier == "Le levier corrigé."
    assert texte_de(edition).mots_cles == ["Influence"]
    assert texte_de(edition).renvois == [28]
    piece.refresh_from_db()
    assert (piece.etat, piece.edition) == ("acceptee", edition)


def test_accepted_for_review_another_person_publishes(client, importe, curatrice, relectrice):
    _piece(curatrice, importe.pieces.first(), suite="relecture")
    edition = EditionPiste.objects.get()
    assert edition.etat == "en_relecture"
    client_de(curatrice).post(reverse("pistes:publier", args=[edition.pk]))
    assert client.get(edition.get_absolute_url()).status_code == 404
    client_de(relectrice).post(reverse("pistes:publier", args=[edition.pk]))
    page = client.get(edition.get_absolute_url()).content.decode()
    assert "Le constat original des comités" in page


def test_a_double_click_makes_one_draft(importe, curatrice, relectrice):
    piece = importe.pieces.first()
    client, adresse = client_de(curatrice), piece.get_absolute_url()
    saisie = _saisie(client, adresse)
    client.post(adresse, saisie)
    client.post(adresse, saisie)
    client_de(relectrice).post(adresse, saisie)
    assert EditionPiste.objects.count() == 1


def test_a_piece_set_aside_is_taken_up_again(importe, curatrice):
    piece = importe.pieces.first()
    for action, etat in (("ecarter", "ecartee"), ("ecarter", "ecartee"), ("reprendre", "a_voir")):
        adresse = reverse(f"pistes:{action}_piece", args=[importe.pk, piece.rang])
        assert client_de(curatrice).post(adresse).status_code == 302
        piece.refresh_from_db()
        assert piece.etat == etat


def test_an_accepted_piece_is_not_set_aside(importe, curatrice):
    piece = importe.pieces.first()
    _piece(curatrice, piece)
    adresse = reverse("pistes:ecarter_piece", args=[importe.pk, piece.rang])
    page = client_de(curatrice).post(adresse, follow=True).content.decode()
    assert "déjà acceptée" in page
    piece.refresh_from_db()
    assert piece.etat == "acceptee"


@pytest.mark.parametrize(
    "faute",
    [
        {"titre": ""},
        {"constat": "x" * 50_001},
        {"inspirations-0-lien": "http://127.0.0.1/"},
        {"constat": "", "levier": "", "details-0-titre": "", "details-0-texte": ""},
    ],
)
def test_a_faulty_correction_keeps_what_was_typed_and_makes_nothing(importe, curatrice, faute):
    reponse = _piece(curatrice, importe.pieces.first(), accroche="Je tapais.", **faute)
    assert reponse.status_code == 422
    assert "Je tapais." in reponse.content.decode()
    assert not EditionPiste.objects.exists()


def test_the_same_document_again_is_the_same_import(importe, curatrice):
    avant = _lignes()
    assert _envoyer(curatrice, CARNET, nom="autre-nom.md").url == importe.get_absolute_url()
    assert _envoyer(curatrice, CARNET.replace("\n", "\r\n")).url == importe.get_absolute_url()
    assert _lignes() == avant


def test_a_later_edition_shows_what_changes_against_todays_text(importe, curatrice, relectrice):
    _piece(curatrice, importe.pieces.first(), suite="relecture")
    publiee = EditionPiste.objects.get()
    publiee.publier(par=relectrice)
    _envoyer(curatrice, CARNET.replace("Le constat original", "Le constat tout neuf"))
    suivante = Importation.objects.first()
    une = suivante.pieces.first()
    page = client_de(curatrice).get(suivante.get_absolute_url()).content.decode()
    assert "Par rapport au texte public n° 1, changent : constat." in page
    detail = client_de(curatrice).get(une.get_absolute_url()).content.decode()
    assert "tout neuf" in detail
    assert "<del>" in detail
    assert une.etat == "a_voir"
    publiee.refresh_from_db()
    assert publiee.etat == "publie"
    assert publiee.piste.editions.count() == 1


def test_a_curated_text_is_never_written_over_by_an_import(importe, curatrice, relectrice):
    piece = importe.pieces.first()
    _piece(curatrice, piece, constat="Un constat relu et changé.", suite="relecture")
    EditionPiste.objects.get().publier(par=relectrice)
    _envoyer(curatrice, CARNET + "\n")
    une = Importation.objects.first().pieces.first()
    assert une.etat == "identique"  # the same words were brought before, then corrected here
    assert piece.piste.editions.publies().get().constat == "Un constat relu et changé."


def test_pieces_identical_to_todays_text_are_marked(importe, curatrice):
    _piece(curatrice, importe.pieces.first())
    _envoyer(curatrice, CARNET + "\n\n")
    une, deux = Importation.objects.first().pieces.all()
    assert (une.etat, deux.etat) == ("identique", "a_voir")
    page = client_de(curatrice).get(une.get_absolute_url()).content.decode()
    assert "déjà ceux d'un texte d'aujourd'hui" in page.replace("&#x27;", "'")


def test_orientations_and_cartographie_follow_in_one_click(importe, curatrice):
    adresse = reverse("pistes:importer_le_reste", args=[importe.pk])
    client_de(curatrice).post(adresse)
    orientation = EditionOrientation.objects.brouillons().get()
    assert orientation.auteur == curatrice
    assert VersionCartographie.objects.filter(code="CARNET-INTEGRAL").count() == 1
    page = client_de(curatrice).post(adresse, follow=True).content.decode()
    assert "Tout était déjà importé" in page


def test_ensemble_comes_in_through_the_same_door(db, curatrice):
    assert _envoyer(curatrice, ENSEMBLE, nom="ensemble.txt").status_code == 302
    importation = Importation.objects.get()
    assert (importation.format, importation.recueil.cle) == ("ensemble", "ensemble")
    une = importation.pieces.first()
    assert une.piste.cle == "ensemble-01"
    assert _piece(curatrice, une).status_code == 302
    edition = EditionPiste.objects.pour_redaction().get()
    assert [d.titre for d in texte_de(edition).details] == ["Levier 1", "Levier 2", "Notes"]


def test_over_the_shipped_catalogue_each_piece_finds_its_piste(corpus, curatrice):
    nombre = Piste.objects.count()
    _envoyer(curatrice, ENSEMBLE)
    assert Piste.objects.count() == nombre
    une = PieceImportee.objects.get(rang=1)
    assert une.piste.editions.publies().exists()
    page = client_de(curatrice).get(une.get_absolute_url()).content.decode()
    assert "Du texte public n° 1 à celui du document" in page.replace("\n", " ")


def test_a_piece_without_a_page_asks_where_it_goes(db, curatrice):
    annonce = "- **Les veilleurs d'essai** <sup>28</sup>, pour voir venir\n[#Influence](#)\n"
    assert annonce in CARNET
    _envoyer(curatrice, CARNET.replace(annonce, ""))
    piece = PieceImportee.objects.get(titre="Les veilleurs d'essai")
    assert piece.piste is None
    assert _piece(curatrice, piece).status_code == 422
    assert _piece(curatrice, piece, rang="28").status_code == 302
    assert EditionPiste.objects.get().piste.page == 28


def test_a_pasted_text_is_read_too(db, curatrice):
    client = client_de(curatrice)
    client.post(reverse("pistes:imports"), {"texte": CARNET.replace("\n", "\r\n")})
    assert Importation.objects.get().pieces.count() == 2


@pytest.mark.parametrize(
    ("contenu", "phrase"),
    [
        (b"", "est vide"),
        (b"   \n\n", "est vide"),
        (CARNET.encode("latin-1", "replace"), "UTF-8"),
        (CARNET.encode("utf-16"), "UTF-8"),
        (b"\x00\x01\x02" * 100, "UTF-8"),
        (b"%PDF-1.7\n\xe2\xe3\xcf\xd3", "UTF-8"),
        (b"# Une liste de courses\n\n- du pain\n", "aucune piste reconnaissable"),
        (b"x" * 50_000_000, "trop gros"),
        (("## Piste • A\n\n" + "un mot coupe\n\n" * 30_000).encode(), "lignes ; un recueil"),
        (
            ("UNE PISTE\n\nDES LEVIERS, DES PISTES :\n• mot-\n" + "mot-\n" * 7_000).encode(),
            "doutes ; un recueil",
        ),
    ],
    ids=["vide", "blancs", "latin-1", "utf-16", "binaire", "pdf", "autre", "50-mo"]
    + ["trop-de-lignes", "trop-de-doutes"],
)
def test_what_is_no_document_is_refused_in_words_and_nothing_changes(
    db, curatrice, contenu, phrase
):
    reponse = _envoyer(curatrice, contenu)
    html = reponse.content.decode()
    assert reponse.status_code == 422
    assert phrase in html
    assert "reste tel quel" in html
    assert set(_lignes().values()) == {0}


@pytest.mark.parametrize("format_", ["carnet", "ensemble"])
def test_a_document_of_another_format_than_said_is_refused(db, curatrice, format_):
    contenu = ENSEMBLE if format_ == "carnet" else CARNET
    reponse = _envoyer(curatrice, contenu, format=format_)
    assert reponse.status_code == 422
    assert set(_lignes().values()) == {0}


def test_neither_or_both_is_asked_again(db, curatrice):
    adresse = reverse("pistes:imports")
    client = client_de(curatrice)
    assert "ou collez le texte" in client.post(adresse).content.decode()
    fichier = SimpleUploadedFile("a.md", CARNET.encode())
    deux = client.post(adresse, {"fichier": fichier, "texte": "gardé"}).content.decode()
    assert "pas les deux" in deux
    assert "gardé" in deux


def test_a_name_of_a_file_is_kept_short_and_visible(db, curatrice):
    _envoyer(curatrice, CARNET, nom="n" * 90 + ".md")
    assert len(Importation.objects.get().nom) < 200


@pytest.mark.parametrize("quoi", ["agente", "administratrice"])
def test_only_the_curation_imports(importe, quoi, request):
    user = request.getfixturevalue(quoi)
    avant = _lignes()
    assert _envoyer(user, CARNET).status_code == 403
    client = client_de(user)
    for adresse in (importe.get_absolute_url(), importe.pieces.first().get_absolute_url()):
        assert client.get(adresse).status_code == 403
    assert client.post(importe.pieces.first().get_absolute_url()).status_code == 403
    assert _lignes() == avant


def test_the_import_costs_the_same_with_many_pieces(
    corpus, curatrice, django_assert_max_num_queries
):
    _envoyer(curatrice, ENSEMBLE)
    importation = Importation.objects.get()
    client = client_de(curatrice)
    client.get(importation.get_absolute_url())
    for rang in range(4, 44):
        importation.pieces.create(
            rang=rang, titre="Une de plus", ligne_debut=1, ligne_fin=2,
            contenu=importation.pieces.first().contenu,
            piste=importation.pieces.first().piste,
        )  # fmt: skip
    with django_assert_max_num_queries(12):
        assert client.get(importation.get_absolute_url()).status_code == 200


@pytest.mark.skipif(not VRAI.exists(), reason=f"the real notebook is not at {VRAI}")
def test_the_real_notebook_gives_17_pieces_without_holding_the_page(corpus, curatrice):
    debut = time.perf_counter()
    _envoyer(curatrice, VRAI.read_bytes())
    duree = time.perf_counter() - debut
    importation = Importation.objects.get()
    assert importation.pieces.count() == 17
    assert not importation.pieces.filter(piste=None).exists()
    assert duree < 4  # some 0.5 s alone; machines of tests are busy


@pytest.mark.django_db(transaction=True)
def test_the_rest_asked_twice_at_once_is_imported_once():
    curatrice = UtilisateurFactory(role="curateur")
    _envoyer(curatrice, CARNET)
    adresse = reverse("pistes:importer_le_reste", args=[Importation.objects.get().pk])
    depart, statuts = threading.Barrier(2), []

    def cliquer():
        try:
            client = client_de(curatrice)
            depart.wait()
            statuts.append(client.post(adresse).status_code)
        finally:
            connection.close()

    clics = [threading.Thread(target=cliquer) for _ in range(2)]
    for clic in clics:
        clic.start()
    for clic in clics:
        clic.join(timeout=30)
    assert statuts == [302, 302]
    textes = list(EditionOrientation.objects.values_list("orientation", "empreinte"))
    assert textes
    assert len(textes) == len(set(textes))
    assert VersionCartographie.objects.brouillons().count() == 1
