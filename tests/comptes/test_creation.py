"""A new organisation: from a territory, by hand, and what waits for its validation."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django import forms
from django.db import connection

from comptes.forms import OrganisationForm
from comptes.models import Adhesion, Organisation
from rappels.models import Message
from tests.conftest import client_de
from tests.fabriques import OrganisationFactory, TerritoireFactory, UtilisateurFactory

pytestmark = pytest.mark.django_db
ADRESSE = "/organisations/nouvelle/"
SIREN = "552100554"  # a real shape: nine digits, the last one right


def creer(user, **donnees):
    return client_de(user).post(ADRESSE, donnees)


@pytest.fixture
def lyon(db):
    return TerritoireFactory(nom="Lyon", siren="216901231")


def test_from_a_territory_only_the_name_is_asked(habitant, administrateur, lyon):
    adresse = f"{ADRESSE}?territoire={lyon.pk}"
    page = client_de(habitant).get(adresse).content.decode()
    assert 'value="Lyon"' in page
    assert 'name="siren"' not in page
    reponse = client_de(habitant).post(adresse, {"nom": "Ville de Lyon"})
    creee = Organisation.objects.get()
    assert reponse.url == f"/organisations/{creee.pk}/"
    assert (creee.territoire, creee.type, creee.siren) == (lyon, "commune", "216901231")
    assert not creee.validee
    demande = Adhesion.objects.get()
    assert (demande.utilisateur, demande.role, demande.etat) == (habitant, "referent", "demandee")
    message = Message.objects.get()
    assert (message.genre, message.destinataire) == ("organisation_a_valider", administrateur.email)


def test_by_hand_the_siren_is_checked_and_gives_the_territory(habitant):
    commune = TerritoireFactory(siren=SIREN)
    assert creer(habitant, nom="La Poste", type="autre", siren="123456789").status_code == 200
    assert not Organisation.objects.exists()
    creer(habitant, nom="Ville", type="commune", siren=" 552 100 554 ")
    creee = Organisation.objects.get()
    assert (creee.siren, creee.territoire) == (SIREN, commune)


def test_an_association_needs_its_siren_and_a_state_service_does_not(habitant):
    page = creer(habitant, nom="Amicale", type="association", siren="").content.decode()
    assert "Le SIREN dit sans erreur" in page
    creer(habitant, nom="Préfecture", type="etat", siren="")
    assert Organisation.objects.get().nom == "Préfecture"


def test_a_siren_somebody_has_leads_to_them(habitant):
    OrganisationFactory(nom="La Poste", siren=SIREN)
    page = creer(habitant, nom="Autre", type="autre", siren=SIREN).content.decode()
    assert "porte déjà ce SIREN" in page
    assert "Voir la page de La Poste" in page


def test_a_collectivite_that_is_here_is_joined_instead(habitant, lyon):
    existante = OrganisationFactory(nom="Ville de Lyon", territoire=lyon)
    reponse = client_de(habitant).post(f"{ADRESSE}?territoire={lyon.pk}", {"nom": "Lyon"})
    assert reponse.url == f"/organisations/{existante.pk}/"
    assert Organisation.objects.count() == 1


def test_two_people_who_create_the_same_one_ask_for_the_same(habitant, lyon):
    adresse = f"{ADRESSE}?territoire={lyon.pk}"
    autre = UtilisateurFactory()
    client_de(habitant).post(adresse, {"nom": "Ville de Lyon"})
    reponse = client_de(autre).post(adresse, {"nom": "Lyon"}, follow=True)
    assert reponse.status_code == 200
    assert Organisation.objects.count() == 1
    assert Adhesion.objects.demandees().count() == 2


def test_after_three_that_wait_one_waits_too(habitant):
    for numero in range(3):
        creer(habitant, nom=f"Service {numero}", type="etat", siren="")
    page = creer(habitant, nom="Encore un", type="etat", siren="").content.decode()
    assert "attendent une validation" in page
    assert Organisation.objects.count() == 3


def test_a_visitor_signs_in_first_and_comes_back(lyon):
    reponse = client_de(None).get(f"{ADRESSE}?territoire={lyon.pk}")
    assert reponse.url == f"/compte/login/?next=/organisations/nouvelle/%3Fterritoire%3D{lyon.pk}"


@pytest.mark.parametrize("territoire", ["999999", "x", "9" * 30])
def test_a_territory_that_does_not_exist(habitant, territoire):
    reponse = client_de(habitant).get(ADRESSE, {"territoire": territoire})
    assert reponse.status_code in {200, 404}


@pytest.fixture
def creee(habitant, lyon):
    client_de(habitant).post(f"{ADRESSE}?territoire={lyon.pk}", {"nom": "Ville de Lyon"})
    return Organisation.objects.get()


@pytest.mark.parametrize(
    ("role", "statut"),
    [("habitant", 200), ("administrateur", 200)]
    + [("visiteur", 404), ("agent_a", 404), ("curateur", 404)],
)
def test_until_validated_only_those_concerned_see_it(creee, clients, role, statut):
    assert clients[role].get(f"/organisations/{creee.pk}/").status_code == statut


def test_an_administrateur_validates_then_accepts(creee, clients, habitant):
    clients["administrateur"].post(f"/organisations/{creee.pk}/valider/")
    creee.refresh_from_db()
    assert creee.validee
    assert clients["visiteur"].get(f"/organisations/{creee.pk}/").status_code == 200
    demande = creee.adhesions.get()
    assert demande.etat == "demandee"
    page = clients["administrateur"].get(f"/organisations/{creee.pk}/membres/").content.decode()
    assert f"/adhesions/{demande.pk}/accepter/" in page


@pytest.mark.parametrize(
    ("role", "statut"), [("habitant", 403), ("curateur", 404), ("agent_a", 404)]
)
def test_nobody_else_validates(creee, clients, role, statut):
    assert clients[role].post(f"/organisations/{creee.pk}/valider/").status_code == statut
    creee.refresh_from_db()
    assert not creee.validee


def test_the_page_shows_public_tests_to_all_and_private_ones_to_members(
    organisation_a, agent_a, clients
):
    from tests.fabriques import un_test_demarre

    un_test_demarre(organisation=organisation_a, titre="Essai ouvert")
    un_test_demarre(organisation=organisation_a, titre="Essai discret", visibilite="prive")
    adresse = f"/organisations/{organisation_a.pk}/"
    for role, voit in [("visiteur", False), ("agent_b", False), ("agent_a", True)]:
        page = clients[role].get(adresse).content.decode()
        assert "Essai ouvert" in page
        assert ("Essai discret" in page) is voit


def _deux_clics(monkeypatch, gestes):
    """Both forms are found good before either organisation is made; return the answers."""
    barriere = threading.Barrier(2, timeout=10)

    def valide_ensemble(form):
        valide = forms.ModelForm.is_valid(form)
        barriere.wait()
        return valide

    monkeypatch.setattr(OrganisationForm, "is_valid", valide_ensemble)

    def poster(geste):
        client, adresse, donnees = geste
        try:
            return client.post(adresse, donnees).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as fils:
        return list(fils.map(poster, gestes))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("comment", ["territoire", "siren", "sans rien"])
def test_two_clicks_at_once_make_one_organisation(habitant, lyon, monkeypatch, comment):
    adresse, donnees = ADRESSE, {"nom": "Service", "type": "etat", "siren": ""}
    if comment == "territoire":
        adresse, donnees = f"{ADRESSE}?territoire={lyon.pk}", {"nom": "Ville de Lyon"}
    elif comment == "siren":
        donnees["siren"] = SIREN
    gestes = [(client_de(habitant), adresse, donnees) for _ in range(2)]
    assert _deux_clics(monkeypatch, gestes) == [302, 302]
    assert Organisation.objects.count() == 1
    assert Adhesion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_ask_for_the_same_organisation(habitant, lyon, monkeypatch):
    adresse = f"{ADRESSE}?territoire={lyon.pk}"
    gestes = [
        (client_de(personne), adresse, {"nom": "Ville de Lyon"})
        for personne in (habitant, UtilisateurFactory())
    ]
    assert _deux_clics(monkeypatch, gestes) == [302, 302]
    assert Organisation.objects.count() == 1
    assert Adhesion.objects.demandees().count() == 2


def test_the_same_form_sent_again_later_makes_no_second_organisation(habitant):
    for _ in range(2):
        reponse = creer(habitant, nom="Préfecture", type="etat", siren="")
    assert reponse.url == f"/organisations/{Organisation.objects.get().pk}/"


def test_two_communes_of_the_same_name_are_two(habitant):
    for territoire in (
        TerritoireFactory(nom="Saint-Martin"),
        TerritoireFactory(nom="Saint-Martin"),
    ):
        client_de(habitant).post(f"{ADRESSE}?territoire={territoire.pk}", {"nom": "Saint-Martin"})
    assert Organisation.objects.count() == 2
