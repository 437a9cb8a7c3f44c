"""Django's administration: accounts for administrateur·rices alone, nothing decided behind the rules' back."""

import pytest
from django.core.management import CommandError, call_command

from comptes.models import Organisation, Utilisateur
from tests.fabriques import OrganisationFactory, UtilisateurFactory

pytestmark = pytest.mark.django_db
SECTIONS = ["utilisateur", "organisation", "adhesion", "invitation", "territoire"]


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize(
    ("role", "statut"),
    [("administrateur", 200), ("curateur", 403), ("referent_a", 403), ("visiteur", 302)],
)
def test_who_sees_the_sections(clients, section, role, statut):
    reponse = clients[role].get(f"/administration/comptes/{section}/")
    if role == "referent_a":
        assert reponse.status_code in {302, 403}
    else:
        assert reponse.status_code == statut


def test_a_curateur_enters_and_sees_no_accounts(clients):
    page = clients["curateur"].get("/administration/")
    assert page.status_code == 200
    assert "/administration/comptes/" not in page.content.decode()


@pytest.mark.parametrize("section", ["utilisateur", "adhesion", "invitation", "territoire"])
def test_nothing_is_added_by_hand(clients, section):
    assert (
        clients["administrateur"].get(f"/administration/comptes/{section}/add/").status_code == 403
    )


def test_one_signs_in_by_the_same_door_as_everybody(clients):
    assert clients["visiteur"].get("/administration/login/").url.startswith("/compte/login/")
    assert clients["habitant"].get("/administration/login/").status_code == 403


def test_an_administrateur_gives_a_role_and_closes_an_account(clients, habitant):
    adresse = f"/administration/comptes/utilisateur/{habitant.pk}/change/"
    champs = {
        "nom": "Habitante",
        "fonction": "",
        "role": "curateur",
        "adhesions-TOTAL_FORMS": 0,
        "adhesions-INITIAL_FORMS": 0,
    }
    assert clients["administrateur"].post(adresse, champs).status_code == 302
    habitant.refresh_from_db()
    assert (habitant.role, habitant.is_active) == ("curateur", False)
    assert clients["habitant"].get("/mon-compte/").status_code == 302


def test_the_password_is_nowhere_on_the_page(clients, habitant):
    page = clients["administrateur"].get(
        f"/administration/comptes/utilisateur/{habitant.pk}/change/"
    )
    assert habitant.password not in page.content.decode()


def test_validating_by_the_action(clients):
    attendue = OrganisationFactory(validee=False)
    clients["administrateur"].post(
        "/administration/comptes/organisation/",
        {"action": "valider", "_selected_action": [attendue.pk]},
    )
    attendue.refresh_from_db()
    assert attendue.validee


def test_a_curateur_can_do_none_of_it(clients, habitant):
    attendue = OrganisationFactory(validee=False)
    clients["curateur"].post(
        "/administration/comptes/organisation/",
        {"action": "valider", "_selected_action": [attendue.pk]},
    )
    clients["curateur"].post(
        f"/administration/comptes/utilisateur/{habitant.pk}/change/", {"role": "administrateur"}
    )
    assert not Organisation.objects.get(pk=attendue.pk).validee
    assert Utilisateur.objects.get(pk=habitant.pk).role == ""


CHAMPS = {
    "nom": "Administratrice",
    "fonction": "",
    "adhesions-TOTAL_FORMS": 0,
    "adhesions-INITIAL_FORMS": 0,
}


@pytest.mark.parametrize(
    "changement",
    [{"role": "administrateur"}, {"role": "", "is_active": "on"}, {"role": "curateur"}],
)
def test_the_last_administrateur_neither_steps_down_nor_closes_their_account(
    clients, administrateur, changement
):
    adresse = f"/administration/comptes/utilisateur/{administrateur.pk}/change/"
    reponse = clients["administrateur"].post(adresse, CHAMPS | changement)
    assert reponse.status_code == 200
    assert "la dernière personne à administrer" in reponse.content.decode()
    administrateur.refresh_from_db()
    assert administrateur.est_administrateur
    UtilisateurFactory(role="administrateur")
    assert clients["administrateur"].post(adresse, CHAMPS | changement).status_code == 302
    administrateur.refresh_from_db()
    assert not administrateur.est_administrateur


def test_the_last_administrateur_may_change_their_name(clients, administrateur):
    adresse = f"/administration/comptes/utilisateur/{administrateur.pk}/change/"
    champs = CHAMPS | {"role": "administrateur", "is_active": "on"}
    assert clients["administrateur"].post(adresse, champs).status_code == 302
    administrateur.refresh_from_db()
    assert administrateur.nom == "Administratrice"


def test_accounts_are_not_erased_from_here(clients, habitant):
    habitant.emailaddress_set.all().delete()  # nothing else stands in the way
    adresse = f"/administration/comptes/utilisateur/{habitant.pk}/delete/"
    assert clients["administrateur"].post(adresse, {"post": "yes"}).status_code == 403
    clients["administrateur"].post(
        "/administration/comptes/utilisateur/",
        {"action": "delete_selected", "_selected_action": [habitant.pk], "post": "yes"},
    )
    assert Utilisateur.objects.filter(pk=habitant.pk).exists()


def test_createsuperuser_asks_for_a_name(db):
    with pytest.raises(CommandError, match="nom"):
        call_command("createsuperuser", "--noinput", email="chef@example.org")
    call_command(
        "createsuperuser", "--noinput", email="chef@example.org", nom="Cheffe", verbosity=0
    )
    assert Utilisateur.objects.get().est_administrateur
