"""Reading on: straight through, along an orientation, along a mot-clé."""

import pytest
from django.urls import reverse

from tests.pistes.conftest import ajouter_orientation, ajouter_piste


@pytest.fixture
def chemins(recueil):
    """1 and 3 under Communs; 2 under Rituels; 1, 2 and 4 bear #Rituels; 4 is the last, 5 a draft."""
    communs = ajouter_orientation(recueil, 1, "Communs")
    rituels = ajouter_orientation(recueil, 2, "Rituels")
    ajouter_piste(recueil, 1, orientation=communs, mots_cles=["Rituels"])
    ajouter_piste(recueil, 2, orientation=rituels, mots_cles=["Rituels"])
    ajouter_piste(recueil, 3, orientation=communs, mots_cles=["Communs"])
    ajouter_piste(recueil, 4, orientation=rituels, mots_cles=["Rituels"])
    ajouter_piste(recueil, 5, orientation=rituels, mots_cles=["Rituels"], publiee=False)
    return communs, rituels


def _page(client, rang, requete=""):
    return client.get(f"/pistes/essai-{rang}/{requete}").content.decode()


def test_straight_through_is_always_there(client, chemins):
    page = _page(client, 2)
    assert "Piste précédente : Piste 1" in page
    assert "Piste suivante : Piste 3" in page
    assert "Vous suivez" not in page
    assert "Piste 5" not in _page(client, 4)


def test_an_orientation_is_a_way_its_list_opens(client, chemins):
    communs, _ = chemins
    liste = client.get(communs.get_absolute_url()).content.decode()
    assert f"/pistes/essai-1/?orientation={communs.slug}" in liste
    page = _page(client, 1, f"?orientation={communs.slug}")
    assert "Vous suivez" in page
    assert f'href="/pistes/essai-3/?orientation={communs.slug}">Suivante : Piste 3' in page
    assert "Piste suivante : Piste 2" in page
    assert communs.get_absolute_url() in page


def test_a_mot_cle_is_a_way_across_orientations(client, chemins):
    _, rituels = chemins
    liste = client.get(reverse("pistes:mot_cle", args=[rituels.slug])).content.decode()
    assert f"/pistes/essai-1/?mot-cle={rituels.slug}" in liste
    page = _page(client, 2, f"?mot-cle={rituels.slug}")
    assert "Précédente : Piste 1" in page
    assert "Suivante : Piste 4" in page
    assert ">#Rituels</a>" in page
    assert "Piste 5" not in _page(client, 4, f"?mot-cle={rituels.slug}")


@pytest.mark.parametrize("requete", ["?mot-cle=absent", "?orientation=", "?mot-cle=%00", "?x=1"])
def test_a_way_that_is_none_is_straight_through(client, chemins, requete):
    page = _page(client, 2, requete)
    assert "Vous suivez" not in page
    assert "Piste suivante : Piste 3" in page


def test_a_way_of_another_recueil_is_none(client, chemins, db):
    from pistes.models import Recueil

    autre = Recueil.objects.create(cle="autre", titre="Autre", annee=2022)
    ailleurs = ajouter_orientation(autre, 1, "Ailleurs")
    assert "Vous suivez" not in _page(client, 2, f"?orientation={ailleurs.slug}")


def test_the_only_piste_of_a_way_says_so(client, chemins):
    communs, _ = chemins
    page = _page(client, 3, f"?mot-cle={communs.slug}")
    assert "C'est la seule piste de ce chemin" in page


def test_every_way_has_one_canonical_address(client, chemins):
    _, rituels = chemins
    page = _page(client, 2, f"?mot-cle={rituels.slug}")
    assert '<link rel="canonical" href="/pistes/essai-2/">' in page
