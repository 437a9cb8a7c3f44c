"""A big catalogue: lists have pages, and a form does not show two thousand boxes."""

import pytest
from django.urls import reverse

from pistes import forms
from pistes.models import EditionPiste
from pistes.redaction import texte_de
from tests.pistes.conftest import ajouter_orientation, ajouter_piste


@pytest.fixture
def long(recueil):
    """Sixty-five pistes under one orientation and its mot-clé."""
    communs = ajouter_orientation(recueil, 1, "Communs")
    for rang in range(1, 66):
        ajouter_piste(
            recueil, rang, titre=f"Piste n{rang:03}", orientation=communs, mots_cles=["Communs"]
        )
    return communs


@pytest.mark.parametrize("quelle", ["liste", "orientation", "mot_cle", "recueil"])
def test_a_long_list_goes_on_after_the_sixtieth(client, long, quelle):
    adresse = {
        "liste": reverse("pistes:liste"),
        "orientation": long.get_absolute_url(),
        "mot_cle": reverse("pistes:mot_cle", args=[long.slug]),
        "recueil": long.recueil.get_absolute_url(),
    }[quelle]
    page = client.get(adresse).content.decode()
    assert "Piste n060" in page
    assert "Piste n061" not in page
    suite = page.partition('rel="next" href="')[2].partition('"')[0]
    page = client.get(adresse + suite.replace("&amp;", "&")).content.decode()
    assert "Piste n060" not in page
    assert "Piste n065" in page
    assert "Revenir au début" in page
    assert 'rel="next"' not in page


def test_the_list_counts_all_of_them_and_keeps_its_filters(client, long):
    page = client.get(reverse("pistes:liste"), {"mot_cle": long.slug}).content.decode()
    assert "65 pistes" in page
    assert f"mot_cle={long.slug}&amp;apres=" in page


@pytest.mark.parametrize(
    "place", ["x", "1-2", "1-2-3-4", "-1-2-3", "9" * 30 + "-1-1", "\x00", "²-1-1"]
)
def test_a_place_that_is_none_begins_again(client, long, place):
    page = client.get(reverse("pistes:liste"), {"apres": place}).content.decode()
    assert "Piste n001" in page


def test_pistes_of_two_recueils_follow_each_other_without_a_gap(client, long):
    from pistes.models import Recueil

    suivant = Recueil.objects.create(cle="suite", titre="Suite", annee=2021)
    for rang in range(1, 4):
        ajouter_piste(suivant, rang, titre=f"Autre n{rang}")
    page = client.get(reverse("pistes:liste"), {"apres": f"2020-{long.recueil_id}-64"})
    assert [mots in page.content.decode() for mots in ("n064", "n065", "Autre n1")] == [
        False, True, True,
    ]  # fmt: skip


def _redaction(clients, edition, **champs):
    adresse = reverse("pistes:modifier", args=[edition.piste.slug])
    donnees = {
        "titre": edition.titre, "accroche": "A", "constat": "C", "levier": "L", "depuis": edition.pk,
        "details-TOTAL_FORMS": 0, "details-INITIAL_FORMS": 0,
        "inspirations-TOTAL_FORMS": 0, "inspirations-INITIAL_FORMS": 0,
        **champs,
    }  # fmt: skip
    return clients["curateur"].post(adresse, donnees)


def test_in_a_long_recueil_renvois_are_numbers(clients, long):
    edition = EditionPiste.objects.get(titre="Piste n001")
    adresse = reverse("pistes:modifier", args=[edition.piste.slug])
    page = clients["curateur"].get(adresse).content.decode()
    assert page.count('name="renvois"') == 1
    assert "séparés par des virgules" in page
    assert _redaction(clients, edition, renvois="3, 40 ,40").status_code == 302
    brouillon = EditionPiste.objects.brouillons().pour_redaction().get()
    assert texte_de(brouillon).renvois == [3, 40]
    page = clients["curateur"].get(f"{adresse}?depuis={brouillon.pk}").content.decode()
    assert 'value="3, 40"' in page


@pytest.mark.parametrize("saisie", ["1", "99", "x", "3;4", "-3", "9" * 300, "²"])
def test_a_number_of_no_other_piste_is_refused_in_words(clients, long, saisie):
    """1 is the piste itself."""
    edition = EditionPiste.objects.get(titre="Piste n001")
    reponse = _redaction(clients, edition, renvois=saisie)
    assert reponse.status_code == 422
    assert "Aucune autre piste du recueil ne porte ce numéro" in reponse.content.decode()


def test_boxes_stay_where_they_are_few(clients, catalogue):
    page = clients["curateur"].get(reverse("pistes:modifier", args=["essai-1"])).content.decode()
    assert page.count('type="checkbox" name="renvois"') == 2
    assert forms.CASES == 60
