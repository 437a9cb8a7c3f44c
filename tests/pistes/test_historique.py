"""Every text of a subject, what changed between two, and two people who write at once."""

import time

import pytest
from django.urls import reverse

from pistes.comparaison import Ecart, champs_de, comparer
from pistes.models import EditionOrientation
from pistes.redaction import ecrire_edition, texte_de
from tests.conftest import client_de
from tests.pistes.conftest import un_texte
from tests.pistes.test_brouillons import _saisie


def test_the_history_says_who_when_and_the_words_that_changed(catalogue, curatrice, relectrice):
    texte = un_texte(titre="Piste 1", constat="Un constat plus net.")
    edition = ecrire_edition(catalogue.une.piste, texte, origine="curation", auteur=curatrice)
    edition.soumettre(par=curatrice)
    edition.publier(par=relectrice)
    adresse = edition.get_history_url()
    page = client_de(curatrice).get(f"{adresse}?avant=1&apres=2").content.decode()
    assert "Du texte n° 1 au texte n° 2" in page
    assert "[ajouté : </span> plus net" in page
    assert "envoyé en relecture" in page
    assert "publié le" in page
    assert "par Relectrice" in page
    assert f'formaction="{reverse("pistes:restaurer_texte", args=[catalogue.une.pk])}"' in page


@pytest.mark.parametrize("demande", ["avant=1&apres=1", "avant=1&apres=99", "avant=x", "apres=٣"])
def test_two_texts_that_are_not_two_are_asked_for_again(catalogue, curatrice, demande):
    page = client_de(curatrice).get(f"{catalogue.une.get_history_url()}?{demande}")
    assert page.status_code == 200
    assert "Du texte n°" not in page.content.decode()


def test_restoring_makes_a_draft_and_leaves_the_site_alone(
    client, catalogue, curatrice, relectrice
):
    texte = un_texte(titre="Piste 1 changée")
    edition = ecrire_edition(catalogue.une.piste, texte, origine="curation", auteur=curatrice)
    edition.soumettre(par=curatrice)
    edition.publier(par=relectrice)
    client_de(relectrice).post(reverse("pistes:restaurer_texte", args=[catalogue.une.pk]))
    neuve = catalogue.une.piste.editions.brouillons().get()
    ancienne = catalogue.une.piste.editions.pour_redaction().get(pk=catalogue.une.pk)
    complete = catalogue.une.piste.editions.pour_redaction().get(pk=neuve.pk)
    assert texte_de(complete) == texte_de(ancienne)
    assert "Piste 1 changée" in client.get(edition.get_absolute_url()).content.decode()


def test_a_long_history_is_read_page_by_page_with_the_same_queries(
    catalogue, curatrice, django_assert_max_num_queries
):
    client = client_de(curatrice)
    adresse = catalogue.une.get_history_url()
    client.get(adresse)
    for n in range(35):
        ecrire_edition(
            catalogue.une.piste, un_texte(titre=f"Essai {n}"), origine="curation", auteur=curatrice
        )
    with django_assert_max_num_queries(10):
        page = client.get(adresse).content.decode()
    assert "?jusqua=6" in page
    assert "Texte n° 6," in client.get(f"{adresse}?jusqua=6").content.decode()


def test_two_texts_of_200_kb_are_compared_in_a_few_seconds_at_most():
    un = un_texte(constat="Un mot de trop. " * 12_500)
    autre = un_texte(constat="Un autre mot de plus ici. " * 8_000)
    debut = time.perf_counter()
    ecarts = comparer(champs_de(un), champs_de(autre))
    assert [e.libelle for e in ecarts if e.change] == ["Constat"]
    assert ecarts[4].refait in {True, False}
    assert time.perf_counter() - debut < 2


def test_a_text_written_anew_is_not_shown_word_by_word():
    assert Ecart("Constat", "les agents du soir", "une piste pour la nuit").refait
    assert not Ecart("Constat", "les agents du soir", "les agents du matin").refait
    assert not Ecart("Constat", "", "tout est neuf").refait


def test_the_second_to_save_sees_both_texts_and_loses_nothing(catalogue, curatrice, relectrice):
    adresse = reverse("pistes:modifier", args=[catalogue.une.piste.slug])
    une, deux = client_de(curatrice), client_de(relectrice)
    premiere, seconde = _saisie(une, adresse), _saisie(deux, adresse)
    vue = {"vue": "1", "depuis": str(catalogue.une.pk)}
    une.post(adresse, premiere | vue | {"constat": "Le constat de la première."})
    reponse = deux.post(adresse, seconde | vue | {"levier": "Le levier de la seconde."})
    page = reponse.content.decode()
    assert reponse.status_code == 409
    assert "a changé pendant que vous écriviez" in page
    assert "Le constat de la première." in page
    assert "Le levier de la seconde." in page
    sienne = catalogue.une.piste.editions.brouillons().get()
    assert sienne.auteur == curatrice
    suite = {"vue": str(sienne.numero), "depuis": str(sienne.pk)}
    deux.post(adresse, seconde | suite | {"levier": "Le levier de la seconde."})
    editions = catalogue.une.piste.editions
    assert editions.count() == 3
    assert editions.brouillons().get().levier == "Le levier de la seconde."
    sienne.refresh_from_db()
    assert sienne.etat == "archive"
    assert sienne.journal.get().action == "remplacer"


def test_the_same_form_sent_twice_makes_one_draft(catalogue, curatrice):
    client = client_de(curatrice)
    adresse = reverse("pistes:modifier", args=[catalogue.une.piste.slug])
    saisie = _saisie(client, adresse) | {
        "vue": "1", "depuis": str(catalogue.une.pk), "constat": "Une fois."
    }  # fmt: skip
    assert client.post(adresse, saisie).status_code == 302
    assert client.post(adresse, saisie).status_code == 302
    assert catalogue.une.piste.editions.count() == 2


def test_the_line_ends_of_a_browser_are_not_a_change(catalogue, curatrice):
    edition = ecrire_edition(
        catalogue.une.piste, un_texte(constat="Un.\n\nDeux."), origine="corpus", auteur=None
    )
    edition.publier(par=None)
    client = client_de(curatrice)
    adresse = reverse("pistes:modifier", args=[catalogue.une.piste.slug])
    saisie = _saisie(client, adresse) | {"constat": "Un.\r\n\r\nDeux."}
    client.post(adresse, saisie)
    assert catalogue.une.piste.editions.count() == 2


@pytest.mark.parametrize(
    "lien",
    [
        "http://localhost/a", "http://127.0.0.1/", "http://10.0.0.5/x", "http://[::1]/",
        "http://2130706433/", "http://0x7f.1/", "https://intranet/", "https://nas.local/",
        "ftp://exemple.fr/", "javascript:alert(1)", "https://moi:secret@exemple.fr/",
        "http://169.254.169.254/latest", "http://[::ffff:127.0.0.1]/",
    ],
)  # fmt: skip
def test_a_link_to_a_private_address_is_refused_and_the_rest_is_kept(catalogue, curatrice, lien):
    client = client_de(curatrice)
    adresse = reverse("pistes:modifier", args=[catalogue.une.piste.slug])
    saisie = _saisie(client, adresse) | {"inspirations-0-lien": lien, "constat": "Je tapais."}
    reponse = client.post(adresse, saisie)
    assert reponse.status_code == 422
    assert "Je tapais." in reponse.content.decode()
    assert catalogue.une.piste.editions.count() == 1


def test_html_typed_in_a_field_is_shown_as_words(catalogue, curatrice, relectrice, client):
    navigateur = client_de(curatrice)
    adresse = reverse("pistes:modifier", args=[catalogue.une.piste.slug])
    piege = "<script>alert(1)</script> <img src=x onerror=alert(2)> [x](javascript:alert(3))"
    saisie = _saisie(navigateur, adresse)
    champs = ("titre", "accroche", "constat", "details-0-titre", "details-0-texte", "source")
    navigateur.post(adresse, saisie | dict.fromkeys(champs, f"Mot {piege}"[:200]))
    edition = catalogue.une.piste.editions.brouillons().get()
    pages = [navigateur.get(a).content.decode() for a in (
        edition.get_draft_url(), f"{edition.get_history_url()}?avant=1&apres=2"
    )]  # fmt: skip
    edition.soumettre(par=curatrice)
    edition.publier(par=relectrice)
    pages.append(client.get(edition.get_absolute_url()).content.decode())
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript' not in page


def _orientation(client, orientation, **champs):
    adresse = reverse("pistes:modifier_orientation", args=[orientation.slug])
    form = client.get(adresse).context["form"]
    saisie = {nom: form[nom].value() or "" for nom in form.fields} | champs
    return client.post(adresse, saisie)


def test_an_orientation_is_edited_through_its_form(catalogue, curatrice):
    client = client_de(curatrice)
    assert _orientation(client, catalogue.communs).status_code == 302
    assert catalogue.communs.editions.count() == 1  # nothing had changed
    _orientation(client, catalogue.communs, titre="Communs, relus")
    brouillon = EditionOrientation.objects.brouillons().get(orientation=catalogue.communs)
    assert (brouillon.titre, brouillon.auteur) == ("Communs, relus", curatrice)
    assert _orientation(client, catalogue.communs, titre="").status_code == 422


def test_two_people_on_an_orientation_lose_nothing_either(catalogue, curatrice, relectrice):
    vue = {"vue": "1", "depuis": str(catalogue.communs.editions.get().pk)}
    _orientation(client_de(curatrice), catalogue.communs, titre="Le mien", **vue)
    reponse = _orientation(client_de(relectrice), catalogue.communs, titre="Le sien", **vue)
    assert reponse.status_code == 409
    assert "Le mien" in reponse.content.decode()
    assert "Le sien" in reponse.content.decode()
