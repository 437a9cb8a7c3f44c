"""The pages of the enquête, as anybody reads them."""

import pytest
from django.urls import reverse

from reflexes.models import (
    Controverse,
    ControverseFigee,
    Enquete,
    Terrain,
    TerrainFige,
    VersionCartographie,
)

CLE = "reflexes-publics-2020"


def _texte(reponse):
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_the_cartographie_shows_the_latest_version_with_both_poles(client, enquete_livree):
    page = _texte(client.get(reverse("reflexes:cartographie")))
    for mots in ("Cartographie du carnet", "victime collatérale", "repli stratégique", "6.2"):
        assert mots in page
    assert "Les médiateurs du confinement" not in page


def test_the_cartographie_without_any_version_says_what_comes(client, db):
    assert "Aucune version" in _texte(client.get(reverse("reflexes:cartographie")))


def test_an_older_version_is_read_at_its_own_address(client, enquete_livree):
    page = _texte(client.get(reverse("reflexes:version", args=[CLE, "v1"])))
    assert "Les médiateurs du confinement" in page
    assert reverse("reflexes:comparer", args=[CLE]) in page


def test_any_two_versions_are_chosen_in_a_form(client, enquete_livree):
    adresse = reverse("reflexes:comparer", args=[CLE])
    reponse = client.get(adresse, {"a": "carnet", "b": "v1"})
    assert reponse["Location"] == reverse("reflexes:comparaison", args=[CLE, "carnet", "v1"])
    assert client.get(adresse)["Location"] == reverse("reflexes:enquete", args=[CLE])
    assert client.get(adresse, {"a": "carnet", "b": "v9"}).status_code == 404


def test_the_comparison_is_a_page(client, enquete_livree):
    page = _texte(client.get(reverse("reflexes:comparaison", args=[CLE, "v1", "carnet"])))
    for titre in (
        "Terrains disparus",
        "Terrains renumérotés",
        "Terrains reformulés",
        "Terrains retitrés",
    ):
        assert titre in page


def test_the_enquete_tells_its_etapes_in_order(client, enquete_livree):
    page = _texte(client.get(reverse("reflexes:enquete", args=[CLE])))
    titres = ["Préfiguration", "Ateliers de conception", "Atelier crash test"]
    assert sorted(titres, key=page.index) == titres


def test_a_controverse_shows_its_poles_and_terrains(client, enquete_livree):
    page = _texte(client.get(reverse("reflexes:controverse", args=[CLE, "pilotage"])))
    assert "planification de l'incertitude" in page.replace("&#x27;", "'")
    assert reverse("reflexes:terrain", args=[CLE, "criteres-de-priorisation"]) in page


def test_a_terrain_that_was_dropped_keeps_its_page_and_says_so(client, enquete_livree):
    page = _texte(client.get(reverse("reflexes:terrain", args=[CLE, "mediateurs-du-confinement"])))
    assert "ne figure plus" in page


@pytest.mark.parametrize(
    ("nom", "args"),
    [
        ("enquete", ["autre"]),
        ("version", [CLE, "v9"]),
        ("comparaison", [CLE, "v1", "v9"]),
        ("controverse", [CLE, "autre"]),
        ("terrain", ["autre", "budgets-participatifs"]),
    ],
)
def test_what_does_not_exist_is_not_found(client, enquete_livree, nom, args):
    assert client.get(reverse(f"reflexes:{nom}", args=args)).status_code == 404


@pytest.fixture
def brouillon(enquete_livree):
    return VersionCartographie.objects.create(
        enquete=Enquete.objects.get(), code="V9", rang=9, titre="Version en cours"
    )


def test_a_draft_version_is_seen_by_curateurs_only(
    client, brouillon, curatrice, agente, administratrice
):
    adresses = [
        brouillon.get_absolute_url(),
        reverse("reflexes:comparaison", args=[CLE, "v1", "v9"]),
    ]
    for lectrice in (None, agente, administratrice):
        if lectrice:
            client.force_login(lectrice)
        assert [client.get(adresse).status_code for adresse in adresses] == [404, 404]
        assert "Version en cours" not in _texte(client.get(reverse("reflexes:cartographie")))
    client.force_login(curatrice)
    assert "Brouillon" in _texte(client.get(adresses[0]))


def test_only_a_curateur_publishes_a_version_and_by_post(client, brouillon, curatrice, agente):
    adresse = reverse("reflexes:publier_version", args=[brouillon.pk])
    figee = ControverseFigee.objects.publies().first()
    brouillon_figee = brouillon.controverses.create(
        controverse=figee.controverse, numero=1, theme="t", pole_a="a", pole_b="b"
    )
    brouillon.terrains.create(
        controverse=brouillon_figee,
        terrain=figee.terrains.first().terrain,
        numero="1.1",
        titre="Un terrain",
    )
    assert client.post(adresse).status_code == 302  # to the sign-in page
    client.force_login(agente)
    assert client.post(adresse).status_code == 403
    client.force_login(curatrice)
    envoi = {
        "titre": "Version en cours",
        "note": "Pour essayer.",
        "lu": client.get(adresse).context["form"].empreinte,
    }
    assert client.post(adresse, envoi | {"note": " "}).status_code == 422
    assert not VersionCartographie.objects.get(code="V9").est_publiee
    assert client.post(adresse, envoi).status_code == 302
    assert client.post(adresse, envoi).status_code == 302
    client.logout()
    assert "Version en cours" in _texte(client.get(reverse("reflexes:cartographie")))


def test_a_script_in_a_text_is_shown_not_run(client, enquete_livree):
    Enquete.objects.update(presentation="<script>alert(1)</script> **fort**")
    page = _texte(client.get(reverse("reflexes:enquete", args=[CLE])))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<strong>fort</strong>" in page


def _peupler(enquete, nombre):
    version = VersionCartographie.objects.create(
        enquete=enquete, code=f"N{nombre}", rang=nombre, titre=f"Version {nombre}"
    )
    for numero in range(nombre // 10):
        controverse = Controverse.objects.create(
            enquete=enquete,
            cle=f"c{nombre}-{numero}",
            numero=numero,
            theme="t",
            pole_a="a",
            pole_b="b",
        )
        figee = ControverseFigee.objects.create(
            version=version,
            controverse=controverse,
            numero=numero,
            theme="t",
            pole_a="a",
            pole_b="b",
        )
        for rang in range(10):
            terrain = Terrain.objects.create(
                controverse=controverse, cle=f"t{nombre}-{numero}-{rang}"
            )
            TerrainFige.objects.create(
                version=version,
                controverse=figee,
                terrain=terrain,
                numero=f"{numero}.{rang}",
                titre="t",
            )
    version.publier()
    return version


def test_a_large_cartographie_costs_as_many_queries_as_a_small_one(client, db, compter_requetes):
    enquete = Enquete.objects.create(cle="e", titre="Enquête", debut="2020-01-01")
    petite, grande = _peupler(enquete, 10), _peupler(enquete, 200)
    adresses = [
        [version.get_absolute_url() for version in (petite, grande)],
        [f"/api/v1/terrains/?version={v.code}&taille=200" for v in (petite, grande)],
        [f"/api/v1/controverses/?version={v.code}&taille=200" for v in (petite, grande)],
    ]
    for paire in adresses:
        assert compter_requetes(paire[0]) == compter_requetes(paire[1])
