"""The pages of the catalogue, as anybody reads them."""

import pytest
from django.urls import reverse

from pistes.models import EditionPiste, Recueil
from pistes.redaction import DetailEcrit, InspirationEcrite, ecrire_edition
from tests.pistes.conftest import ajouter_orientation, ajouter_piste, un_texte


def _texte(reponse):
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_the_list_groups_pistes_by_orientation_and_leaves_drafts_out(client, catalogue):
    page = _texte(client.get(reverse("pistes:liste")))
    ordre = ["Orientation Communs", "Piste 1", "Orientation Rituels", "Piste 2"]
    places = [page.rindex(mots) for mots in ordre]
    assert places == sorted(places)
    assert "Piste en brouillon" not in page


def test_the_list_is_narrowed_by_mot_cle_and_recueil(client, catalogue):
    liste = reverse("pistes:liste")
    page = _texte(client.get(liste, {"mot_cle": catalogue.rituels.slug}))
    assert "Piste 2" in page
    assert "Piste 1" not in page
    autre = Recueil.objects.create(cle="autre", titre="Autre recueil", annee=2021)
    ajouter_piste(autre, 9)
    page = _texte(client.get(liste, {"recueil": "autre"}))
    assert "Piste 9" in page
    assert "Piste 1" not in page


def test_a_filter_that_names_nothing_says_so_instead_of_showing_all(client, catalogue):
    page = _texte(client.get(reverse("pistes:liste"), {"mot-cle": "nexiste-pas"}))
    assert "Piste 1" not in page
    assert "Voir toutes les pistes" in page


def test_an_empty_catalogue_says_what_to_do(client, db):
    assert "Aucune piste" in _texte(client.get(reverse("pistes:liste")))


def test_a_piste_shows_all_its_words_and_where_they_come_from(client, catalogue):
    page = _texte(client.get(catalogue.une.get_absolute_url()))
    for mots in (
        "Une accroche.", "Un constat.", "Un levier.", "Un détail", "Son texte.", "Ailleurs",
        "Lille, France", "ESSAI, p. 1", "page 1", "Texte livré avec la plateforme",
    ):  # fmt: skip
        assert mots in page
    assert 'href="https://exemple.fr/a" rel="noopener' in page


def test_a_piste_names_those_it_refers_to_and_those_that_refer_to_it(client, catalogue):
    vers, depuis = catalogue.une.get_absolute_url(), catalogue.deux.get_absolute_url()
    page = _texte(client.get(depuis))
    assert "Elle renvoie à" in page
    assert vers in page
    page = _texte(client.get(vers))
    assert "Y renvoient" in page
    assert depuis in page
    assert "Piste en brouillon" not in page


def test_a_renvoi_to_a_piste_without_public_text_is_not_shown(client, catalogue):
    texte = un_texte(titre="Piste 1", renvois=[3])
    edition = ecrire_edition(catalogue.une.piste, texte, origine=EditionPiste.Origine.CORPUS)
    edition.publier(par=None)
    page = _texte(client.get(catalogue.une.get_absolute_url()))
    assert "Elle renvoie à" not in page
    assert catalogue.cachee.get_absolute_url() not in page
    reponse = client.get(f"/api/v1/pistes/{catalogue.une.piste.slug}/")
    assert reponse.json()["renvois"] == []


def test_a_piste_leads_to_the_one_before_and_the_one_after(client, catalogue):
    assert "Piste suivante : Piste 2" in _texte(client.get(catalogue.une.get_absolute_url()))
    page = _texte(client.get(catalogue.deux.get_absolute_url()))
    assert "Piste précédente : Piste 1" in page
    assert "Piste suivante" not in page


def test_an_orientation_shows_its_question_its_pistes_and_others(client, catalogue):
    catalogue.communs.aussi.add(catalogue.deux.piste)
    page = _texte(client.get(catalogue.communs.get_absolute_url()))
    assert "Une question ?" in page
    assert page.index("Ses pistes") < page.index("Piste 1") < page.index("Et aussi")
    assert page.index("Et aussi") < page.index("Piste 2")


def test_a_mot_cle_gathers_its_pistes_whatever_their_orientation(client, catalogue):
    page = _texte(client.get(reverse("pistes:mot_cle", args=[catalogue.communs.slug])))
    assert "Piste 1" in page
    assert "Piste 2" in page
    assert "Piste en brouillon" not in page


def test_a_recueil_shows_its_pistes(client, catalogue):
    page = _texte(client.get(catalogue.recueil.get_absolute_url()))
    assert "Piste 1" in page
    assert "Piste en brouillon" not in page


@pytest.mark.parametrize("nom", ["piste", "orientation", "mot_cle", "recueil"])
def test_what_does_not_exist_is_not_found(client, db, nom):
    assert client.get(reverse(f"pistes:{nom}", args=["absente"])).status_code == 404


def test_an_orientation_in_draft_is_not_found(client, recueil):
    orientation = ajouter_orientation(recueil, 5, "Secret", publiee=False)
    for nom in ("orientation", "mot_cle"):
        assert client.get(reverse(f"pistes:{nom}", args=[orientation.slug])).status_code == 404


def test_scripts_and_dangerous_links_are_neutralised_everywhere(client, recueil):
    mechant = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    orientation = ajouter_orientation(recueil, 1, "Communs")
    orientation.editions.update(texte=mechant, question=mechant, titre=mechant[:60])
    Recueil.objects.update(presentation=mechant)
    edition = ajouter_piste(
        recueil,
        1,
        orientation=orientation,
        titre=mechant,
        accroche=mechant,
        constat=mechant,
        levier=mechant,
        details=[DetailEcrit(mechant, mechant)],
        inspirations=[InspirationEcrite(mechant, "<b>", "<b>", mechant)],
    )
    for adresse in (
        edition.get_absolute_url(),
        orientation.get_absolute_url(),
        recueil.get_absolute_url(),
        reverse("pistes:liste"),
    ):
        page = _texte(client.get(adresse))
        assert "<script>alert" not in page
        assert "<img" not in page
        assert 'href="javascript' not in page


def test_pages_cost_the_same_queries_with_10_and_200_pistes(client, recueil, compter_requetes):
    communs = ajouter_orientation(recueil, 1, "Communs")
    premiere = ajouter_piste(recueil, 1, orientation=communs, mots_cles=["Communs"])
    adresses = [
        reverse("pistes:liste"),
        recueil.get_absolute_url(),
        communs.get_absolute_url(),
        reverse("pistes:mot_cle", args=[communs.slug]),
        premiere.get_absolute_url(),
        "/api/v1/pistes/?taille=200",
        "/api/v1/orientations/?taille=200",
        "/api/v1/recueils/?taille=200",
    ]

    def peupler(rangs):
        for rang in rangs:
            ajouter_piste(
                recueil, rang, orientation=communs, mots_cles=["Communs"], renvois=[1, rang - 1]
            )
            communs.aussi.add(recueil.pistes.get(rang=rang))

    peupler(range(2, 11))
    dix = [compter_requetes(adresse) for adresse in adresses]
    peupler(range(11, 201))
    assert [compter_requetes(adresse) for adresse in adresses] == dix
