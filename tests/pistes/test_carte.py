"""The map: the list and the picture say the same, nothing overlaps, files open anywhere."""

import xml.etree.ElementTree as ET

import pytest
from django.urls import reverse

from config.mesures_de_texte import largeur_de
from pistes.carte import images
from pistes.carte.donnees import PISTES_AU_PLUS, carte
from pistes.carte.placement import COLONNES, CORPS, INTERLIGNE, MARGE, placer
from tests.fabriques import (
    EnqueteFactory,
    OrientationFactory,
    PisteFactory,
    RecueilFactory,
    VersionFactory,
)

LONG = "Anticonstitutionnellement-réorganisationnel" * 4


def un_monde(controverses=6, pistes=8, titre="La piste qui répond à ce terrain, dans la durée"):
    """A published version of so many controverses, and pistes that answer their terrains."""
    version = VersionFactory(enquete=EnqueteFactory(), publiee=controverses)
    terrains = [fige.terrain for fige in version.terrains.order_by("pk")]
    recueil = RecueilFactory()
    orientations = [OrientationFactory(recueil=recueil, numero=n) for n in (1, 2, 3)]
    for n in range(pistes):
        piste = PisteFactory(
            recueil=recueil, orientation=orientations[n % 3], publiee__titre=f"{titre} {n}"
        )
        piste.terrains.add(terrains[n % len(terrains)], terrains[(n * 5 + 2) % len(terrains)])
    return version, orientations


def page(client, **choix):
    reponse = client.get(reverse("pistes:carte"), choix)
    assert reponse.status_code == 200
    return reponse


@pytest.mark.parametrize("nombre", [1, 6, 20, 60])
def test_boxes_and_words_never_overlap(db, nombre):
    un_monde(nombre, nombre * 2)
    plan = placer(carte())
    par_colonne = {n: [b for b in plan.boites if b.colonne == n] for n in range(4)}
    assert [len(b) for b in par_colonne.values()] == [nombre, nombre, nombre * 2, 3]
    for n, boites in par_colonne.items():
        for haute, basse in zip(boites, boites[1:], strict=False):
            assert basse.y >= haute.bas + 4
        for boite in boites:
            assert boite.hauteur >= INTERLIGNE * len(boite.lignes)
            assert (
                max(largeur_de(ligne, CORPS) for ligne in boite.lignes)
                <= COLONNES[n][1] - 2 * MARGE
            )
            assert boite.y >= 0
            assert boite.bas <= plan.hauteur


def test_long_words_are_cut_and_long_titles_end_with_an_ellipsis(db):
    un_monde(2, 3, titre=LONG)
    boites = [b for b in placer(carte()).boites if b.colonne == 2]
    for boite in boites:
        assert max(largeur_de(ligne, CORPS) for ligne in boite.lignes) <= COLONNES[2][1] - 2 * MARGE
        assert boite.lignes[0].endswith("-")
        assert LONG in boite.nom  # the name a screen reader says is whole


def test_every_element_is_a_named_link_in_the_picture_and_in_the_list(client, db):
    version, orientations = un_monde(3, 4)
    html = page(client).content.decode()
    terrain = version.terrains.first()
    for adresse in (
        terrain.get_absolute_url(),
        version.controverses.first().get_absolute_url(),
        orientations[0].get_absolute_url(),
    ):
        assert html.count(f'href="{adresse}"') >= 2
    assert f'aria-label="Terrain : {terrain.numero} {terrain.titre}"' in html


def test_paths_lead_from_controverses_to_orientations(db):
    un_monde(2, 3)
    traits = {(t.de.cle[0], t.vers.cle[0]) for t in placer(carte()).traits}
    assert traits == {("c", "t"), ("t", "p"), ("p", "o")}
    assert all(t.de.colonne == t.vers.colonne - 1 for t in placer(carte()).traits)


def test_one_controverse_keeps_its_paths_only(client, db):
    version, _ = un_monde(6, 6)
    choisie = version.controverses.get(numero=1)
    dessin = page(client, controverse=choisie.controverse.cle).context["carte"]
    assert dessin.controverses == [choisie]
    assert {t.controverse_id for t in dessin.terrains} == {choisie.pk}
    assert dessin.pistes
    assert all(dessin.terrains_de[edition.piste_id] for edition in dessin.pistes)


def test_one_orientation_keeps_its_paths_only(client, db):
    _, orientations = un_monde(6, 6)
    dessin = page(client, orientation=orientations[1].slug).context["carte"]
    assert {e.piste.orientation_id for e in dessin.pistes} == {orientations[1].pk}
    assert [o.orientation for o in dessin.orientations] == [orientations[1]]
    assert 0 < len(dessin.terrains) < 6


@pytest.mark.parametrize(
    "choix", [{"controverse": "absente"}, {"orientation": "'\u0000"}, {"controverse": "x" * 5000}]
)
def test_a_choice_that_does_not_exist_shows_the_whole(client, db, choix):
    un_monde(2, 2)
    assert len(page(client, **choix).context["carte"].controverses) == 2


def test_a_draft_is_never_on_the_map(client, db):
    un_monde(1, 1)
    PisteFactory(publiee=False, publiee__titre="Encore un brouillon")
    assert "Encore un brouillon" not in page(client).content.decode()


def test_without_anything_the_map_says_what_comes(client, db):
    assert "Rien à dessiner" in page(client).content.decode()
    assert client.get(reverse("pistes:carte_svg")).status_code == 200
    assert client.get(reverse("pistes:carte_png")).status_code == 200


def test_the_svg_is_a_whole_file_without_anything_from_elsewhere(client, db):
    un_monde(3, 5, titre="<b>Une & deux</b>")
    reponse = client.get(reverse("pistes:carte_svg"))
    assert reponse["Content-Type"] == "image/svg+xml"
    assert "attachment" in reponse["Content-Disposition"]
    svg = reponse.content.decode()
    racine = ET.fromstring(svg)
    assert racine.tag == "{http://www.w3.org/2000/svg}svg"
    assert "var(--" not in svg
    assert "@import" not in svg
    assert "url(" not in svg
    liens = [e.get("href") for e in racine.iter("{http://www.w3.org/2000/svg}a")]
    assert all(lien.startswith("http") for lien in liens)
    assert len(liens) == 3 + 3 + 5 + 3


def test_the_png_is_drawn_once_and_kept(client, db, monkeypatch):
    un_monde(2, 2)
    image = client.get(reverse("pistes:carte_png"))
    assert image["Content-Type"] == "image/png"
    assert image.content.startswith(b"\x89PNG")
    monkeypatch.setattr(images.typst, "compile", None)
    assert client.get(reverse("pistes:carte_png")).content == image.content


def test_too_many_pistes_are_said_and_a_choice_shows_its_own(client, db, monkeypatch):
    monkeypatch.setattr("pistes.carte.donnees.PISTES_AU_PLUS", 4)
    _, orientations = un_monde(2, 9)
    assert PISTES_AU_PLUS > 100
    assert "trop de pistes" in page(client).content.decode()
    assert "trop de pistes" not in page(client, orientation=orientations[0].slug).content.decode()


@pytest.mark.parametrize("nombre", [1, 20])
def test_the_map_costs_the_same_whatever_its_size(
    client, db, django_assert_max_num_queries, nombre
):
    un_monde(nombre, nombre * 2)
    with django_assert_max_num_queries(8):
        page(client)


def test_a_character_no_xml_holds_breaks_neither_file(client, db):
    """Pasted from a slide, a vertical tab comes along."""
    un_monde(1, 1, titre="Pause\x0bcafé \x01\ufffe <b>")
    image = client.get(reverse("pistes:carte_png"))
    assert image.content.startswith(b"\x89PNG")
    dessin = client.get(reverse("pistes:carte_svg")).content
    assert "café  <b>" in "".join(ET.fromstring(dessin).itertext())
