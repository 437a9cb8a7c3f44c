"""The weight of a controverse: published voices move it, nothing else does."""

import pytest
from django.urls import reverse
from django.utils import timezone

from reflexes import poids
from reflexes.models import Pole, Temoignage, TerrainFige, VersionCartographie
from reflexes.poids import Poids, Source, inscrire, peser
from reflexes.tension import PASTILLE, tension, tensions

CLE = "reflexes-publics-2020"


@pytest.fixture
def terrain(enquete_livree):
    return TerrainFige.objects.select_related("version__enquete").get(
        version__code="CARNET", numero="1.1"
    )


def temoigner(fige, pole, etat="publie", nombre=1):
    for _ in range(nombre):
        Temoignage.objects.create(
            enquete=fige.version.enquete,
            terrain_id=fige.terrain_id,
            pole=pole,
            texte="" if etat == "retire" else "On a fait autrement.",
            fonction="" if etat == "retire" else "agente d'accueil",
            type_organisation="commune",
            consentement=True,
            etat=etat,
            lu_le=timezone.now(),
        )


def dessin(fige):
    figee = fige.controverse
    return tension(
        figee, list(figee.terrains.select_related("terrain", "controverse__controverse"))
    )


def test_without_voices_the_weight_hangs_in_the_middle(terrain):
    une = dessin(terrain)
    assert une.x == une.milieu
    assert une.poids.total == 0


def test_published_temoignages_shift_the_weight_towards_their_pole(terrain):
    temoigner(terrain, Pole.B, nombre=2)
    temoigner(terrain, Pole.A)
    temoigner(terrain, Pole.NI)
    une = dessin(terrain)
    assert (une.poids.a, une.poids.b, une.poids.ni) == (1, 2, 1)
    assert une.milieu < une.x < une.droite


@pytest.mark.parametrize("etat", ["a_lire", "ecarte", "retire"])
def test_what_is_not_published_weighs_nothing(terrain, etat):
    temoigner(terrain, Pole.A, etat)
    assert dessin(terrain).poids.total == 0


def test_one_voice_does_not_reach_the_pole():
    seule = Poids()
    seule.ajouter("temoignages", Pole.A, 1)
    beaucoup = Poids()
    beaucoup.ajouter("temoignages", Pole.A, 500)
    assert 0 < beaucoup.position < 0.01 < seule.position < 0.5


def test_a_later_room_may_add_its_own_voices(terrain, monkeypatch):
    monkeypatch.setattr(poids, "_SOURCES", dict(poids._SOURCES))
    inscrire(Source("tests", "tests", lambda terrains: [(t, Pole.A, 3) for t in terrains]))
    temoigner(terrain, Pole.B)
    pese = peser([terrain.terrain_id])[terrain.terrain_id]
    assert (pese.a, pese.b) == (3, 1)
    assert pese.de("tests") == {"a": 3, "b": 0, "": 0}
    assert dessin(terrain).lignes[0][1] == [0, 1, 0, 3, 0, 0]


def test_the_numbers_stand_beside_the_picture(client, terrain):
    temoigner(terrain, Pole.B, nombre=7)
    adresse = reverse("reflexes:controverse", args=[CLE, "participation-citoyenne"])
    page = client.get(adresse).content.decode()
    assert '<td class="nombre">7</td>' in page
    assert (
        "7 pour « repli stratégique »"
        in client.get(reverse("reflexes:cartographie")).content.decode()
    )


def test_pills_never_cover_one_another(terrain):
    version = VersionCartographie.objects.pour_page().get(code="V1")
    for numero, fige in enumerate(version.terrains.all()):
        temoigner(fige, Pole.A, nombre=numero % 3)
    for une in tensions(version):
        for n, place in enumerate(une.places):
            assert place.gauche >= 0
            assert place.gauche + PASTILLE <= une.largeur
            for autre in une.places[n + 1 :]:
                assert place.y != autre.y or abs(place.x - autre.x) >= PASTILLE


def test_the_cartographie_costs_the_same_with_many_voices(terrain, compter_requetes):
    adresse = reverse("reflexes:cartographie")
    avant = compter_requetes(adresse)
    temoigner(terrain, Pole.A, nombre=60)
    assert compter_requetes(adresse) == avant <= 10
