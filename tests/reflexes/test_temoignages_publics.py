"""Only what is published is public: every way out × every state × every role."""

import pytest
from django.urls import reverse

from reflexes.models import Temoignage, TerrainFige
from reflexes.poids import peser
from tests.conftest import ROLES, client_de
from tests.fabriques import TemoignageFactory
from tests.rapports.lecture import les_csv

MOT = "zibeline"
EXPORT = "/exports/temoignages.csv"


@pytest.fixture
def selon_etat(enquete, fige, referent_a):
    """One témoignage of each state; of the withdrawn one the word is gone by the database's own rule."""
    faits = {
        etat: TemoignageFactory(fige=fige, etat=etat, depose_par=referent_a, texte=f"{MOT} {etat}")
        for etat in ("a_lire", "publie", "ecarte")
    }
    retire = TemoignageFactory(fige=fige, depose_par=referent_a, texte=f"{MOT} retire")
    retire.retirer(par=referent_a)
    return {**faits, "retire": retire}


def chemins(fige, selon_etat):
    cle = fige.version.enquete.cle
    controverse = fige.controverse.controverse.cle
    return [
        "/cartographie/",
        "/carte/",
        f"/enquetes/{cle}/",
        reverse("reflexes:terrain", args=[cle, fige.terrain.cle]),
        reverse("reflexes:controverse", args=[cle, controverse]),
        f"/recherche/?q={MOT}",
        "/api/v1/temoignages/",
        f"/api/v1/temoignages/?terrain={fige.terrain.cle}",
        *[f"/api/v1/temoignages/{t.pk}/" for t in selon_etat.values()],
    ]


@pytest.mark.parametrize("role", ROLES)
def test_nothing_but_published_words_comes_out(role, personnes, fige, selon_etat):
    client = client_de(personnes[role])
    vus = ""
    for chemin in chemins(fige, selon_etat):
        page = client.get(chemin).content.decode()
        for cache in ("a_lire", "ecarte", "retire"):
            assert f"{MOT} {cache}" not in page, chemin
        vus += page
    assert f"{MOT} publie" in vus


def test_each_public_way_shows_what_is_published(client, fige, selon_etat):
    for chemin in chemins(fige, selon_etat)[3:8]:
        assert MOT in client.get(chemin).content.decode(), chemin


def test_the_api_answers_404_for_the_others(client, selon_etat):
    for etat, temoignage in selon_etat.items():
        attendu = 200 if etat == "publie" else 404
        assert client.get(f"/api/v1/temoignages/{temoignage.pk}/").status_code == attendu


def test_the_api_says_nothing_of_who_and_when(client, selon_etat, referent_a):
    lu = client.get("/api/v1/temoignages/").json()["results"]
    assert [t["texte"] for t in lu] == [f"{MOT} publie"]
    assert set(lu[0]) == {
        "id", "enquete", "terrain", "pole", "texte", "fonction", "type_organisation", "publie_en",
        "url",
    }  # fmt: skip


def test_the_export_holds_the_published_ones_alone(administrateur, selon_etat):
    lignes = les_csv(client_de(administrateur), EXPORT)
    assert [ligne["Témoignage"] for ligne in lignes] == [f"{MOT} publie"]
    assert lignes[0]["Parle pour"] == "victime collatérale"
    assert lignes[0]["Terrain"] == "1.1"
    assert "Déposé" not in " ".join(lignes[0])


def test_the_weight_counts_the_published_ones_alone(fige, selon_etat):
    assert peser([fige.terrain_id])[fige.terrain_id].total == 1


def test_a_withdrawal_takes_it_out_everywhere_at_once(
    client, administrateur, fige, selon_etat, referent_a
):
    selon_etat["publie"].retirer(par=referent_a)
    for chemin in chemins(fige, selon_etat):
        assert f"{MOT} publie" not in client.get(chemin).content.decode(), chemin
    assert les_csv(client_de(administrateur), EXPORT) == []
    assert peser([fige.terrain_id])[fige.terrain_id].total == 0
    assert not Temoignage.objects.filter(texte__contains="publie").exists()


@pytest.mark.parametrize(
    ("role", "etats"),
    [
        ("visiteur", {"publie"}),
        ("agent_b", {"publie"}),
        ("administrateur", {"publie"}),
        ("curateur", {"publie", "a_lire"}),
        ("referent_a", {"publie", "a_lire", "ecarte"}),  # who brought them
    ],
)
def test_visible_to_agrees(role, etats, personnes, selon_etat):
    from django.contrib.auth.models import AnonymousUser

    lecteur = personnes[role] or AnonymousUser()
    assert set(Temoignage.objects.visible_to(lecteur).values_list("etat", flat=True)) == etats


def test_the_pages_of_a_controverse_go_on_without_hole_or_double(client, enquete, fige):
    autre = TerrainFige.objects.select_related("version__enquete").get(
        version=fige.version, numero="1.2"
    )
    for terrain in (fige, autre):
        TemoignageFactory.create_batch(13, fige=terrain)
    cle = fige.controverse.controverse.cle
    adresse = reverse("reflexes:controverse", args=[enquete.cle, cle])
    vus, suivante = [], ""
    for _ in range(3):
        page = client.get(adresse + suivante.split("#")[0])
        vus += [t.pk for t in page.context["temoignages"]]
        suivante = page.context["suivante"]
    assert suivante == ""
    assert vus == list(Temoignage.objects.order_by("-lu_le", "-pk").values_list("pk", flat=True))


@pytest.mark.parametrize("page", ["controverse", "terrain"])
def test_the_pages_cost_the_same_with_many(fige, enquete, compter_requetes, page):
    objet = fige.controverse.controverse if page == "controverse" else fige.terrain
    adresse = reverse(f"reflexes:{page}", args=[enquete.cle, objet.cle])
    TemoignageFactory(fige=fige)
    avant = compter_requetes(adresse)
    TemoignageFactory.create_batch(60, fige=fige)
    assert compter_requetes(adresse) == avant <= 10


@pytest.mark.parametrize("place", ["x", "-", "9" * 40, "1-x", "\x00", "-5--5"])
def test_a_forged_place_begins_again(client, fige, enquete, place):
    TemoignageFactory(fige=fige)
    adresse = reverse("reflexes:terrain", args=[enquete.cle, fige.terrain.cle])
    assert client.get(adresse, {"avant": place}).status_code == 200
