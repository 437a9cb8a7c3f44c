"""The API: the published catalogue, read-only, open to all."""

import pytest

from pistes.models import EditionPiste
from tests.pistes.conftest import ajouter_piste

LISTES = ["enquetes", "versions", "controverses", "terrains", "recueils", "orientations", "pistes"]


def _json(client, adresse):
    reponse = client.get(adresse)
    assert reponse.status_code == 200, reponse.content
    return reponse.json()


def test_every_list_serves_the_shipped_catalogue(client, corpus):
    nombres = {nom: len(_json(client, f"/api/v1/{nom}/")["results"]) for nom in LISTES}
    assert nombres == dict(zip(LISTES, [1, 2, 6, 11, 2, 7, 27], strict=True))


@pytest.mark.parametrize("nom", LISTES)
@pytest.mark.parametrize("methode", ["post", "put", "patch", "delete"])
def test_nothing_is_written_through_the_api(client, db, nom, methode):
    assert getattr(client, methode)(f"/api/v1/{nom}/").status_code == 405


def test_each_thing_has_its_address(client, corpus):
    for adresse in (
        "enquetes/reflexes-publics-2020/",
        "versions/v1/",
        "controverses/pilotage/",
        "terrains/mediateurs-du-confinement/",
        "recueils/carnet/",
        "orientations/prendre-soin-des-rituels/",
        "pistes/politique-de-micro-mobilite-professionnelle/",
    ):
        objet = _json(client, f"/api/v1/{adresse}")
        assert client.get(objet["url"]).status_code == 200


@pytest.mark.parametrize("nom", LISTES)
def test_what_does_not_exist_is_not_found(client, db, nom):
    assert client.get(f"/api/v1/{nom}/absente/").status_code == 404


def test_a_piste_comes_with_all_its_words(client, catalogue):
    piste = _json(client, "/api/v1/pistes/essai-2/")
    assert piste["titre"] == "Piste 2"
    assert piste["renvois"] == ["essai-1"]
    assert sorted(piste["mots_cles"]) == ["Communs", "Rituels"]
    assert piste["orientation"] == {"slug": "essai-rituels", "numero": 2, "mot_cle": "Rituels"}
    assert piste["details"] == [{"titre": "Un détail", "texte": "Son texte."}]
    assert piste["inspirations"][0]["lien"] == "https://exemple.fr/a"


def test_a_list_is_narrowed_and_read_page_by_page(client, catalogue):
    for rang in range(10, 15):
        ajouter_piste(catalogue.recueil, rang)
    page = _json(client, "/api/v1/pistes/?orientation=essai-communs")
    assert [p["slug"] for p in page["results"]] == ["essai-1"]
    assert len(_json(client, "/api/v1/pistes/?mot_cle=communs")["results"]) == 2
    vues, adresse = [], "/api/v1/pistes/?taille=3"
    while adresse:
        page = _json(client, adresse)
        vues += [p["slug"] for p in page["results"]]
        adresse = page["next"]
    assert len(vues) == len(set(vues)) == EditionPiste.objects.publies().count()


def test_a_version_is_asked_for_by_its_code(client, corpus):
    assert len(_json(client, "/api/v1/terrains/?version=v1")["results"]) == 13
    terrain = _json(client, "/api/v1/terrains/modulations-acces-aux-droits/")
    assert (terrain["version"], terrain["numero"]) == ("CARNET", "3.1")
    terrain = _json(client, "/api/v1/terrains/modulations-acces-aux-droits/?version=V1")
    assert (terrain["version"], terrain["numero"]) == ("V1", "3.3")


@pytest.mark.parametrize(
    "requete", ["curseur=nimporte", "taille=abc", "taille=-1", "taille=999999"]
)
def test_a_strange_page_is_refused_or_brought_back_to_reason(client, catalogue, requete):
    reponse = client.get(f"/api/v1/pistes/?{requete}")
    assert reponse.status_code in {200, 404}


def test_the_schema_describes_every_list_without_a_warning(client, db, capsys):
    from drf_spectacular.drainage import GENERATOR_STATS

    GENERATOR_STATS.reset()
    schema = client.get("/api/v1/schema/?format=json")
    assert schema.status_code == 200
    chemins = schema.json()["paths"]
    for nom in LISTES:
        assert f"/api/v1/{nom}/" in chemins
    assert not GENERATOR_STATS._warn_cache
    assert not GENERATOR_STATS._error_cache


def test_the_documentation_needs_no_inline_script_and_no_other_host(client, db):
    reponse = client.get("/api/v1/docs/")
    page = reponse.content.decode()
    assert reponse.status_code == 200
    assert "<script>" not in page
    assert "<style" not in page
    assert "//cdn" not in page
    assert "'unsafe-inline'" not in reponse["Content-Security-Policy"]
    script = client.get("/api/v1/docs/?script=")
    assert script["Content-Type"].startswith("application/javascript")
