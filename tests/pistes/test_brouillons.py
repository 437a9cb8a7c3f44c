"""Drafts: seen, published and written by curateur·rices, and by nobody else."""

import pytest
from django.urls import reverse

from pistes.models import EditionOrientation, EditionPiste
from pistes.redaction import texte_de


def _reservees(catalogue):
    return [
        reverse("pistes:brouillons"),
        reverse("pistes:brouillon", args=[catalogue.cachee.pk]),
        reverse("pistes:modifier", args=[catalogue.une.piste.slug]),
    ]


def test_a_visitor_is_sent_to_the_sign_in_page(client, catalogue):
    for adresse in _reservees(catalogue):
        reponse = client.get(adresse)
        assert reponse.status_code == 302
        assert reverse("account_login") in reponse.url


def test_whoever_is_not_a_curateur_is_refused(
    client, catalogue, agente, administratrice, curatrice, relectrice
):
    publier = reverse("pistes:publier", args=[catalogue.cachee.pk])
    for personne in (agente, administratrice):
        client.force_login(personne)
        assert [client.get(a).status_code for a in _reservees(catalogue)] == [403, 403, 403]
        assert client.post(publier).status_code == 403
    catalogue.cachee.refresh_from_db()
    assert catalogue.cachee.etat == EditionPiste.Etat.BROUILLON


def test_a_draft_is_nowhere_to_be_seen(client, catalogue, agente, administratrice):
    publiques = [
        reverse("pistes:liste"),
        catalogue.recueil.get_absolute_url(),
        catalogue.rituels.get_absolute_url(),
        reverse("pistes:mot_cle", args=[catalogue.rituels.slug]),
        catalogue.une.get_absolute_url(),
        "/api/v1/pistes/",
    ]
    for personne in (None, agente, administratrice):
        if personne:
            client.force_login(personne)
        for adresse in publiques:
            assert "Piste en brouillon" not in client.get(adresse).content.decode()
        assert client.get(catalogue.cachee.get_absolute_url()).status_code == 404
        assert client.get(f"/api/v1/pistes/{catalogue.cachee.piste.slug}/").status_code == 404


def test_a_curateur_reads_the_draft_beside_the_public_text_and_publishes_it(
    client, catalogue, curatrice
):
    client.force_login(curatrice)
    assert "Piste en brouillon" in client.get(reverse("pistes:brouillons")).content.decode()
    assert (
        "pas encore de texte public"
        in client.get(reverse("pistes:brouillon", args=[catalogue.cachee.pk])).content.decode()
    )
    adresse = reverse("pistes:publier", args=[catalogue.cachee.pk])
    assert client.get(adresse).status_code == 405
    client.post(reverse("pistes:soumettre_texte", args=[catalogue.cachee.pk]))
    assert client.post(adresse).status_code == 302
    assert client.post(adresse).status_code == 302  # a double click changes nothing
    catalogue.cachee.refresh_from_db()
    assert catalogue.cachee.etat == EditionPiste.Etat.PUBLIE
    assert catalogue.cachee.publie_par == curatrice
    client.logout()
    assert client.get(catalogue.cachee.get_absolute_url()).status_code == 200


def test_an_orientations_draft_is_read_and_published_the_same_way(client, catalogue, curatrice):
    edition = EditionOrientation.suivante(
        catalogue.communs, titre="Titre relu", texte="Relu.", origine="import"
    )
    voir = reverse("pistes:brouillon_orientation", args=[edition.pk])
    publier = reverse("pistes:publier_orientation", args=[edition.pk])
    assert client.post(publier).status_code == 302
    client.force_login(curatrice)
    assert "Titre relu" in client.get(voir).content.decode()
    client.post(reverse("pistes:soumettre_texte_orientation", args=[edition.pk]))
    client.post(publier)
    client.logout()
    assert "Titre relu" in client.get(catalogue.communs.get_absolute_url()).content.decode()


def test_an_archived_text_cannot_be_published_from_the_draft_pages(client, catalogue, curatrice):
    EditionPiste.objects.filter(pk=catalogue.cachee.pk).update(etat="archive")
    client.force_login(curatrice)
    adresse = reverse("pistes:publier", args=[catalogue.cachee.pk])
    page = client.post(adresse, follow=True).content.decode()
    assert "maintenant à l&#x27;état « Archivé »" in page
    catalogue.cachee.refresh_from_db()
    assert catalogue.cachee.etat == "archive"


def _saisie(client, adresse):
    """What the browser would send back from the form as it is shown."""
    redaction = client.get(adresse).context["redaction"]
    donnees = {}
    for formulaire in (
        redaction.texte,
        redaction.details.management_form,
        redaction.inspirations.management_form,
        *redaction.details,
        *redaction.inspirations,
    ):
        for champ in formulaire:
            valeur = champ.value()
            donnees[champ.html_name] = "" if valeur is None else valeur
    return {nom: valeur for nom, valeur in donnees.items() if not nom.endswith("-DELETE")}


def test_an_edit_makes_the_next_draft_and_leaves_the_public_text_alone(
    client, catalogue, curatrice
):
    client.force_login(curatrice)
    adresse = reverse("pistes:modifier", args=[catalogue.deux.piste.slug])
    saisie = _saisie(client, adresse)
    saisie["titre"] = "Piste 2 relue"
    saisie["details-1-titre"] = "Un second détail"
    saisie["inspirations-0-DELETE"] = "on"
    reponse = client.post(adresse, saisie)
    brouillon = EditionPiste.objects.brouillons().get(piste=catalogue.deux.piste)
    assert reponse.url == reverse("pistes:brouillon", args=[brouillon.pk])
    assert (brouillon.numero, brouillon.origine, brouillon.auteur) == (2, "curation", curatrice)
    ecrit = texte_de(brouillon)
    assert [d.titre for d in ecrit.details] == ["Un détail", "Un second détail"]
    assert ecrit.inspirations == []
    assert ecrit.renvois == [1]
    assert ecrit.mots_cles == ["Communs", "Rituels"]
    page = client.get(catalogue.deux.get_absolute_url()).content.decode()
    assert "relue" not in page
    page = client.get(reponse.url).content.decode()
    assert "Piste 2 relue" in page


def test_an_unchanged_form_makes_no_draft(client, catalogue, curatrice):
    client.force_login(curatrice)
    adresse = reverse("pistes:modifier", args=[catalogue.deux.piste.slug])
    client.post(adresse, _saisie(client, adresse))
    assert catalogue.deux.piste.editions.count() == 1


@pytest.mark.parametrize(
    "erreur",
    [
        {"titre": ""},
        {"titre": "x" * 201},
        {"inspirations-0-lien": "javascript:alert(1)"},
        {"details-0-titre": "x" * 301},
        {"renvois": ["999999"]},
        {"details-TOTAL_FORMS": "100000"},
        {"details-TOTAL_FORMS": ""},
    ],
)
def test_a_faulty_form_keeps_what_was_typed_and_writes_nothing(
    client, catalogue, curatrice, erreur
):
    client.force_login(curatrice)
    adresse = reverse("pistes:modifier", args=[catalogue.une.piste.slug])
    saisie = _saisie(client, adresse) | {"constat": "Ce que je tapais."} | erreur
    reponse = client.post(adresse, saisie)
    assert reponse.status_code == 422
    assert "Ce que je tapais." in reponse.content.decode()
    assert catalogue.une.piste.editions.count() == 1


COLLAGE = "Un mot de trop. " * 12_500  # 200 kB


@pytest.mark.parametrize("champ", ["accroche", "constat", "levier", "details-0-texte"])
def test_a_long_paste_is_refused_in_words_and_stays_on_the_page(
    client, catalogue, curatrice, champ
):
    client.force_login(curatrice)
    adresse = reverse("pistes:modifier", args=[catalogue.une.piste.slug])
    reponse = client.post(adresse, _saisie(client, adresse) | {champ: COLLAGE})
    html = reponse.content.decode().replace("\xa0", " ").replace("\u202f", " ")
    assert reponse.status_code == 422
    assert "au plus 50" in html
    assert COLLAGE.strip() in html


def test_a_piste_too_long_for_the_search_is_refused_in_words(client, catalogue, curatrice):
    client.force_login(curatrice)
    adresse = reverse("pistes:modifier", args=[catalogue.une.piste.slug])
    long = " ".join(f"mot{n}" for n in range(5_500))
    champs = ("accroche", "constat", "levier", "details-0-texte")
    reponse = client.post(adresse, _saisie(client, adresse) | dict.fromkeys(champs, long))
    assert reponse.status_code == 422
    assert "dépasse 150 000 caractères" in reponse.content.decode()
