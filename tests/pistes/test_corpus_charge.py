"""The shipped recueils: loaded once, improved while nobody edits them, never over an edit."""

import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from pistes import corpus_charge, corpus_lu
from pistes.models import EditionOrientation, EditionPiste, Orientation, Piste, Recueil
from pistes.redaction import adresse, ecrire_edition, texte_de
from reflexes.lecture import CorpusIllisible
from reflexes.models import Enquete

FICHIER_050 = "carnet/050-plateforme-de-l-engagement-civique.toml"


@pytest.fixture
def dossier(tmp_path):
    """A copy of the corpus one may spoil."""
    return shutil.copytree(corpus_lu.DOSSIER, tmp_path / "corpus")


def _charger(**options):
    sortie = StringIO()
    call_command("charger_corpus", stdout=sortie, **options)
    return sortie.getvalue()


def _changer(dossier, nom, avant, apres):
    fichier = dossier / nom
    texte = fichier.read_text()
    assert avant in texte
    fichier.write_text(texte.replace(avant, apres, 1))


def _retitrer(dossier, titre):
    fichier = dossier / FICHIER_050
    lignes = fichier.read_text().splitlines()
    lignes = [f'titre = "{titre}"' if ligne.startswith("titre = ") and n < 5 else ligne
              for n, ligne in enumerate(lignes)]  # fmt: skip
    fichier.write_text("\n".join(lignes))


def test_the_shipped_catalogue_is_whole(corpus):
    assert Recueil.objects.count() == 2
    assert Orientation.objects.count() == EditionOrientation.objects.publies().count() == 7
    assert Piste.objects.publiees().filter(recueil__cle="carnet").count() == 17
    assert Piste.objects.publiees().filter(recueil__cle="ensemble").count() == 10
    assert Piste.objects.get(page=50).cle == "carnet-050"
    assert Piste.objects.get(recueil__cle="ensemble", rang=1).cle == "ensemble-01"
    assert Enquete.objects.count() == 1


def test_pistes_and_orientations_are_where_the_notebook_puts_them(corpus):
    par_orientation = {
        orientation.numero: [piste.page for piste in orientation.pistes.order_by("page")]
        for orientation in Orientation.objects.all()
    }
    assert par_orientation == {
        1: [22, 28, 32], 2: [40, 44], 3: [50, 56, 60], 4: [66, 72], 5: [78, 84], 6: [90, 94, 98],
        7: [104, 108],
    }  # fmt: skip
    aussi = Orientation.objects.get(numero=6).aussi
    assert sorted(aussi.values_list("page", flat=True)) == [28, 66, 104]


def test_every_renvoi_of_the_shipped_pistes_leads_somewhere(corpus):
    for livree in corpus_lu.lire_carnet().pistes:
        edition = EditionPiste.objects.publies().get(piste__page=livree.rang)
        assert texte_de(edition).renvois == sorted(set(livree.texte.renvois))


def test_every_shipped_page_answers(client, corpus):
    adresses = [
        objet.get_absolute_url()
        for modele in (Recueil, Orientation, Piste, Enquete)
        for objet in modele.objects.all()
    ]
    for adresse_ in [*adresses, reverse("pistes:liste")]:
        assert client.get(adresse_).status_code == 200, adresse_


def test_a_second_load_writes_nothing_and_is_quick(corpus, django_assert_max_num_queries):
    with django_assert_max_num_queries(80) as requetes:
        assert "rien à faire" in _charger()
    assert [r for r in requetes if r["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_a_new_corpus_text_takes_the_place_of_the_old_one(corpus, dossier):
    _retitrer(dossier, "Titre amélioré")
    assert "1 mis à jour" in _charger(dossier=dossier)
    piste = Piste.objects.get(page=50)
    assert piste.editions.publies().get().titre == "Titre amélioré"
    assert piste.editions.count() == 2
    assert "rien à faire" in _charger(dossier=dossier)


def test_a_new_corpus_text_waits_as_a_draft_when_a_curateur_wrote_since(
    corpus, dossier, curatrice, relectrice
):
    piste = Piste.objects.get(page=50)
    texte = texte_de(piste.editions.publies().get())
    texte.constat = "Relu par la curatrice."
    edition = ecrire_edition(piste, texte, origine=EditionPiste.Origine.CURATION, auteur=curatrice)
    edition.soumettre(par=curatrice)
    edition.publier(par=relectrice)
    _retitrer(dossier, "Titre amélioré")
    assert "attend en brouillon" in _charger(dossier=dossier)
    assert piste.editions.publies().get().constat == "Relu par la curatrice."
    assert piste.editions.brouillons().get().titre == "Titre amélioré"
    assert "rien à faire" in _charger(dossier=dossier)
    assert piste.editions.count() == 3


def test_an_orientation_edited_here_is_kept_too(corpus, dossier, curatrice):
    orientation = Orientation.objects.get(numero=3)
    edition = EditionOrientation.suivante(orientation, titre="Relue", origine="curation")
    edition.soumettre(par=curatrice)
    edition.publier(par=curatrice)
    _changer(dossier, "carnet.toml", "aussi = [72, 40]", "aussi = [72]")
    assert "attend en brouillon" in _charger(dossier=dossier)
    assert orientation.aussi.count() == 2
    assert orientation.editions.publies().get().titre == "Relue"


def test_a_recueil_edited_here_is_kept(corpus, dossier):
    Recueil.objects.filter(cle="carnet").update(presentation="Relue.")
    _changer(dossier, "carnet.toml", "annee = 2020", "annee = 2021")
    assert "a été modifié ici" in _charger(dossier=dossier)
    assert Recueil.objects.get(cle="carnet").annee == 2020


@pytest.mark.parametrize(
    ("nom", "avant", "apres", "phrase"),
    [
        (FICHIER_050, "page = 50", "page = 56", "deux pistes portent le rang 56"),
        (FICHIER_050, "page = 50", "", "« page » manque"),
        (FICHIER_050, "page = 50", "page = true", "nombre entier"),
        (FICHIER_050, "orientation = 3", "orientation = 12", "l'orientation 12 n'existe pas"),
        (FICHIER_050, "renvois = [", "renvois = [9, ", "le renvoi 9 ne mène"),
        (FICHIER_050, "mots_cles = [", 'mots_cles = ["Inconnu", ', "mot-clé « Inconnu »"),
        (FICHIER_050, "page = 50", "page = [", "TOML invalide"),
        ("carnet.toml", "aussi = [60]", "aussi = [61]", "aucune piste page 61"),
        ("carnet.toml", "aussi = [60]", 'aussi = ["60"]', "« aussi » ne contient pas"),
        ("ensemble.toml", "[recueil]", "[autre]", "la partie .recueil. manque"),
    ],
)
def test_a_faulty_corpus_is_refused_whole(db, dossier, nom, avant, apres, phrase):
    _changer(dossier, nom, avant, apres)
    with pytest.raises(CommandError, match=phrase):
        _charger(dossier=dossier)
    assert not Recueil.objects.exists()
    assert not Enquete.objects.exists()


@pytest.mark.parametrize("nom", ["carnet.toml", "ensemble.toml", "carnet"])
def test_a_missing_file_is_refused_whole(db, dossier, nom):
    chemin = dossier / nom
    shutil.rmtree(chemin) if chemin.is_dir() else chemin.unlink()
    with pytest.raises(CommandError, match="Rien n'a été chargé"):
        _charger(dossier=dossier)
    assert not Enquete.objects.exists()


def test_a_file_that_is_not_utf8_is_refused(dossier):
    (dossier / "ensemble.toml").write_bytes("titre = « été »".encode("latin-1"))
    with pytest.raises(CorpusIllisible, match=r"ensemble\.toml : TOML invalide"):
        corpus_lu.lire_tout(dossier)


def test_a_failure_in_the_middle_leaves_nothing(db, monkeypatch):
    def tomber(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(corpus_charge, "_pistes", tomber)
    with pytest.raises(RuntimeError):
        _charger()
    assert not Recueil.objects.exists()
    assert not Enquete.objects.exists()


def test_an_address_drops_the_article_and_parts_the_apostrophe():
    assert adresse("Les porte-voix de l'alerte") == "porte-voix-de-l-alerte"
    assert adresse("L’essai") == "essai"
    assert adresse("Laisser faire") == "laisser-faire"
