"""The journal de bord on a phone, in the field: a text outlives the network, and is never sent twice."""

from typing import Any

import pytest

from tests.fabriques import un_test_demarre
from tests.fichiers_envoyes import une_photo
from tests_programme.models import Note

BOUTON = "form[data-brouillon] button[type=submit]"


@pytest.fixture
def visite(contexte: Any, agent_a: Any, organisation_a: Any) -> Any:
    test = un_test_demarre(organisation=organisation_a)
    visite = contexte("telephone", user=agent_a)
    visite.journal = f"/tests/{test.pk}/journal/"
    visite.ouvrir(visite.journal)
    return visite


def test_a_text_typed_without_network_is_found_again_and_sent_once(visite: Any):
    page = visite.page
    page.fill("#id_texte", "Deux familles ce matin.")
    page.context.set_offline(True)
    page.click(BOUTON)
    assert "Votre texte est gardé sur cet appareil" in page.inner_text("[role=alert]")
    assert not Note.objects.exists()
    page.context.set_offline(False)

    visite.ouvrir(visite.journal)  # the page was closed meanwhile
    assert page.input_value("#id_texte") == "Deux familles ce matin."
    assert "n'était pas parti" in page.inner_text(".brouillon")
    with page.expect_navigation():
        page.click(BOUTON)
    assert Note.objects.get().texte == "Deux familles ce matin."
    visite.ouvrir(visite.journal)
    assert page.input_value("#id_texte") == ""
    assert page.locator(".brouillon").count() == 0


def test_an_answer_lost_on_its_way_makes_no_second_note(visite: Any):
    page = visite.page
    page.fill("#id_texte", "Deux familles ce matin.")
    page.route("**/journal/", lambda route: (route.fetch(max_redirects=0), route.abort()))
    page.click(BOUTON)
    page.wait_for_timeout(500)
    page.unroute("**/journal/")
    assert Note.objects.count() == 1  # the site has it, the phone does not know
    visite.ouvrir(visite.journal)
    # The page says that this sending is safe: the draft goes.
    assert page.input_value("#id_texte") == ""
    assert page.evaluate("localStorage.length") == 0


def test_a_draft_can_be_thrown_away(visite: Any):
    page = visite.page
    page.fill("#id_texte", "Rien d'important.")
    page.wait_for_timeout(500)
    visite.ouvrir(visite.journal)
    page.click(".brouillon button")
    assert page.input_value("#id_texte") == ""
    visite.ouvrir(visite.journal)
    assert page.input_value("#id_texte") == ""


def test_each_chosen_picture_asks_for_its_description(visite: Any):
    page, photo = visite.page, une_photo()
    page.fill("#id_texte", "La boîte.")
    page.set_input_files(
        "#id_images", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo.read()}
    )
    page.fill("#nouvelle_description_0", "Une boîte fermée à clé")
    with page.expect_navigation():
        page.click(BOUTON)
    assert Note.objects.get().pieces.get().texte_alternatif == "Une boîte fermée à clé"
    page.locator(".photo img").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.querySelector('.photo img').naturalWidth") > 0
    assert visite.erreurs == []


def test_without_javascript_the_description_is_asked_next(
    contexte: Any, agent_a: Any, organisation_a: Any
):
    test = un_test_demarre(organisation=organisation_a)
    visite = contexte("telephone", user=agent_a, javascript=False)
    visite.ouvrir(f"/tests/{test.pk}/journal/")
    page = visite.page
    page.fill("#id_texte", "La boîte.")
    page.set_input_files(
        "#id_images", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": une_photo().read()}
    )
    page.click(BOUTON)
    assert "L'image est gardée" in page.inner_text(".erreurs")
    page.fill("[name^=description_]", "Une boîte fermée à clé")
    page.click(BOUTON)
    assert Note.objects.get().pieces.get().texte_alternatif == "Une boîte fermée à clé"
