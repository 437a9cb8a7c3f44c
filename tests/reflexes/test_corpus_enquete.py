"""The shipped enquête is loaded once, corrected while nobody edits it, never over an edit."""

import pytest

from reflexes import corpus_enquete
from reflexes.lecture import CorpusIllisible
from reflexes.models import (
    Controverse,
    Enquete,
    Etape,
    TerrainFige,
    VersionCartographie,
    empreinte_de,
)


def _copie(tmp_path, *remplacements):
    texte = corpus_enquete.FICHIER.read_text()
    for avant, apres in remplacements:
        assert avant in texte
        texte = texte.replace(avant, apres, 1)
    fichier = tmp_path / "enquete.toml"
    fichier.write_text(texte)
    return fichier


def test_the_shipped_enquete_has_its_etapes_controverses_and_both_versions(enquete_livree):
    enquete = Enquete.objects.get()
    assert enquete.etapes.count() == 5
    assert enquete.controverses.count() == 6
    nombres = {v.code: v.terrains.count() for v in enquete.versions.publiees()}
    assert nombres == {"V1": 13, "CARNET": 11}


def test_a_second_load_writes_nothing(enquete_livree, django_assert_max_num_queries):
    livree = corpus_enquete.lire()
    with django_assert_max_num_queries(50) as requetes:
        bilan = corpus_enquete.charger(livree)
    assert bilan.rien_de_neuf
    assert bilan.gardes == []
    ecritures = [r["sql"] for r in requetes if r["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert ecritures == []


def test_a_corrected_corpus_text_replaces_the_one_nobody_edited(enquete_livree, tmp_path):
    fichier = _copie(tmp_path, ('titre = "Préfiguration"', 'titre = "Premier atelier"'))
    bilan = corpus_enquete.charger(corpus_enquete.lire(fichier))
    assert bilan.mis_a_jour == 1
    assert Etape.objects.get(numero=1).titre == "Premier atelier"


def test_an_edited_text_is_kept_and_the_load_says_so(enquete_livree, tmp_path):
    Controverse.objects.filter(numero=1).update(texte="Relu ici.")
    fichier = _copie(tmp_path, ('theme = "participation citoyenne"', 'theme = "participation"'))
    bilan = corpus_enquete.charger(corpus_enquete.lire(fichier))
    assert Controverse.objects.get(numero=1).texte == "Relu ici."
    assert "a été modifié ici" in bilan.gardes[0]


def test_each_etape_says_what_it_produced(enquete_livree):
    assert all(Enquete.objects.get().etapes.values_list("produit", flat=True))


def test_what_etapes_produced_comes_to_those_loaded_before_it_was_told(enquete_livree):
    """A field the corpus did not bring at first is no edit of anybody."""
    champs = ["titre", "texte", "source", "periode", "debut", "fin"]
    for etape in Etape.objects.all():
        etape.empreinte_livree = empreinte_de({nom: getattr(etape, nom) for nom in champs})
        etape.produit = "" if etape.numero != 2 else "Écrit ici."
        etape.save()
    bilan = corpus_enquete.charger(corpus_enquete.lire())
    assert bilan.mis_a_jour == 4
    assert "a été modifié ici" in bilan.gardes[0]
    assert Etape.objects.get(numero=2).produit == "Écrit ici."
    assert Etape.objects.get(numero=1).produit.startswith("La première version")


def test_a_published_version_is_not_reloaded_when_the_corpus_differs(enquete_livree, tmp_path):
    avant = 'titre = "La constitution de réserves citoyennes"'
    fichier = _copie(tmp_path, (avant, 'titre = "Les réserves"'))
    bilan = corpus_enquete.charger(corpus_enquete.lire(fichier))
    assert "figée" in " ".join(bilan.gardes)
    assert not TerrainFige.objects.filter(titre="Les réserves").exists()


@pytest.mark.parametrize(
    ("remplacement", "phrase"),
    [
        (('titre = "Préfiguration"', "titre = 3"), "« titre » doit être un texte"),
        (('titre = "Préfiguration"', ""), "« titre » manque"),
        (('titre = "Préfiguration"', 'titre = "Préfiguration'), "TOML invalide"),
        (('titre = "Préfiguration"', 'titre = "P"\ntitres = "Q"'), "champ inconnu « titres »"),
        (("debut = 2020-05-07", 'debut = "mai"'), "« debut » doit être une date"),
        (('controverse = "pilotage"', 'controverse = "x"'), "controverse inconnue, « x »"),
        (('terrain = "budgets-participatifs"', 'terrain = "x"'), "terrain inconnu, « x »"),
    ],
)
def test_a_faulty_file_is_refused_with_its_name_and_field(tmp_path, remplacement, phrase):
    with pytest.raises(CorpusIllisible, match=r"enquete\.toml.*" + phrase):
        corpus_enquete.lire(_copie(tmp_path, remplacement))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(CorpusIllisible, match=r"absent\.toml : fichier introuvable"):
        corpus_enquete.lire(tmp_path / "absent.toml")


def test_a_version_loaded_is_frozen_at_the_date_of_its_document(enquete_livree):
    version = VersionCartographie.objects.get(code="V1")
    assert version.datee_du.isoformat() == "2020-05-07"
    assert version.est_publiee
