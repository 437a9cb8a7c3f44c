"""Choosing what one receives: in one's account, and by the link of each mail."""

import re

import pytest

from comptes.tasks import effacer_les_choix
from rappels.choix import choisir, rythme_de
from rappels.envoi import envoyer_les_messages_dus
from rappels.jetons import jeton_de
from rappels.models import Message, Preference
from tests.conftest import client_de

pytestmark = pytest.mark.django_db
CAMILLE = "camille@exemple.fr"


@pytest.fixture(autouse=True)
def _adresse_publique(settings):
    settings.ADRESSE_PUBLIQUE = "https://reflexes.example.org"


@pytest.fixture
def chemin(planifier, mailoutbox):
    """The path of the link in the header of a mail that was sent."""
    planifier("Camille")
    envoyer_les_messages_dus()
    entete = mailoutbox[0].message()["List-Unsubscribe"]
    assert mailoutbox[0].message()["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return re.fullmatch(r"<https://reflexes\.example\.org(/\S+)>", entete).group(1)


@pytest.mark.parametrize("rythme", Preference.Rythme.values)
def test_one_chooses_in_ones_account(habitant, rythme):
    client = client_de(habitant)
    assert "Ce que je reçois" in client.get("/mon-compte/").content.decode()
    reponse = client.post("/mon-compte/rappels/", {"rythme": rythme}, follow=True)
    assert "Votre choix est noté" in reponse.content.decode()
    assert rythme_de(habitant.email.upper()) == rythme
    page = client.get("/mon-compte/").content.decode()
    assert re.search(rf'value="{rythme}"[^>]*checked', page)


def test_a_choice_that_does_not_exist_changes_nothing(habitant):
    reponse = client_de(habitant).post("/mon-compte/rappels/", {"rythme": "jamais"}, follow=True)
    assert "rien n&#x27;a été changé" in reponse.content.decode()
    assert rythme_de(habitant.email) == "immediat"


def test_one_click_stops_reminders_without_cookie_nor_sign_in(chemin):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    reponse = client.post(
        chemin, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert reponse.status_code == 200
    assert not reponse.cookies
    assert rythme_de(CAMILLE) == "aucun"
    client.post(chemin, {"List-Unsubscribe": "One-Click"})  # twice is once
    assert Preference.objects.get().rythme == "aucun"


def test_opening_the_link_changes_nothing_and_offers_a_button_and_four_choices(chemin):
    reponse = client_de(None).get(chemin)
    page = reponse.content.decode()
    assert rythme_de(CAMILLE) == "immediat"
    assert CAMILLE in page
    assert "Ne plus recevoir de rappels" in page
    assert page.count('type="radio"') == 4
    assert "no-store" in reponse["Cache-Control"]
    assert client_de(None).head(chemin).status_code == 200


@pytest.mark.parametrize("rythme", Preference.Rythme.values)
def test_each_choice_of_the_page_is_recorded_without_cookie(chemin, rythme):
    from django.test import Client

    page = Client(enforce_csrf_checks=True).post(chemin, {"rythme": rythme}).content.decode()
    assert "C&#x27;est noté" in page or "C'est noté" in page
    assert rythme_de(CAMILLE) == rythme


def test_a_choice_missing_from_the_page_is_asked_again(chemin):
    reponse = client_de(None).post(chemin, {})
    assert reponse.status_code == 422
    assert 'role="alert"' in reponse.content.decode()
    assert not Preference.objects.exists()


@pytest.mark.parametrize(
    "abimer", [lambda j: j[:-1], lambda j: "x" + j, lambda j: "n'importe:quoi"]
)
def test_a_damaged_link_says_so_and_does_nothing(abimer):
    chemin = f"/rappels/choix/{abimer(jeton_de(CAMILLE))}/"
    for reponse in (
        client_de(None).get(chemin),
        client_de(None).post(chemin, {"List-Unsubscribe": "One-Click"}),
    ):
        assert reponse.status_code == 404
        assert "Ce lien est abîmé" in reponse.content.decode()
    assert not Preference.objects.exists()


def test_a_link_chooses_for_its_own_address_only(chemin):
    client_de(None).post(chemin, {"rythme": "aucun", "adresse": "autre@exemple.fr"})
    assert list(Preference.objects.values_list("adresse", flat=True)) == [CAMILLE]


def test_what_one_must_know_has_no_way_out(mailoutbox, organisation_a, referent_a):
    from comptes.models import Invitation

    choisir("x@example.org", "aucun")
    Invitation.inviter(
        organisation=organisation_a, email="x@example.org", role="agent", par=referent_a
    )
    envoyer_les_messages_dus()
    [mail] = mailoutbox
    assert "List-Unsubscribe" not in mail.message()
    assert "/rappels/choix/" not in mail.body


def test_a_mail_that_can_be_refused_says_where(organisation_a, referent_a, habitant, mailoutbox):
    from comptes.models import Adhesion

    Adhesion.demander(utilisateur=habitant, organisation=organisation_a)
    envoyer_les_messages_dus()
    [mail] = mailoutbox
    adresse = f"https://reflexes.example.org/rappels/choix/{jeton_de(referent_a.email)}/"
    assert adresse in mail.body
    assert f'href="{adresse}"' in mail.alternatives[0].content


def test_a_choice_is_forgotten_with_its_address(habitant, planifier):
    for adresse in (habitant.email, CAMILLE, "partie@exemple.fr"):
        choisir(adresse, "aucun")
    planifier("Camille")
    assert effacer_les_choix() == 1
    assert set(Preference.objects.values_list("adresse", flat=True)) == {habitant.email, CAMILLE}
    Message.objects.all().delete()
    habitant.delete()
    assert effacer_les_choix() == 2
