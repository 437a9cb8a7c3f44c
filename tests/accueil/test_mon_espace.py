"""``/mon-espace/``: what waits for each person."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comptes.models import Adhesion, Invitation
from tests.conftest import client_de
from tests.fabriques import (
    AdhesionFactory,
    OrganisationFactory,
    TestFactory,
    UtilisateurFactory,
    un_test_a_evaluer,
    un_test_demarre,
    un_test_pret,
)
from tests_programme.models import Accord

pytestmark = pytest.mark.django_db


def page(user):
    reponse = client_de(user).get("/mon-espace/")
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_a_visitor_signs_in_first():
    assert client_de(None).get("/mon-espace/").url == "/compte/login/?next=/mon-espace/"


def test_a_newcomer_is_told_the_next_step(habitant):
    espace = page(habitant)
    assert "rejoindre votre organisation" in espace
    assert "/organisations/" in espace


def test_who_has_asked_waits(habitant, organisation_a):
    Adhesion.demander(utilisateur=habitant, organisation=organisation_a)
    espace = page(habitant)
    assert "Votre demande est partie" in espace
    assert "en attente" in espace


def test_my_tests_are_sorted_by_what_they_wait_for(organisation_a, agent_a):
    maintenant = timezone.now()
    champs = {"organisation": organisation_a}
    un_test_a_evaluer(titre="Arrêté avant", **champs)
    un_test_demarre(
        titre="Périmé sans ouvrier", at=maintenant - dt.timedelta(days=30), jours=10, **champs
    )
    un_test_demarre(titre="Qui tourne", **champs)
    TestFactory(titre="À peine commencé", **champs)
    espace = page(agent_a)
    for titre in ("Arrêté avant", "Périmé sans ouvrier"):
        assert f"Évaluer « {titre} »" in espace
    assert (
        espace.index("Arrêté avant") < espace.index("Qui tourne") < espace.index("À peine commencé")
    )
    assert "Accords à demander" in espace


def test_other_organisations_tests_are_not_mine(agent_a):
    un_test_demarre(titre="Ailleurs")
    assert "Ailleurs" not in page(agent_a)


def test_awaited_accords_are_counted_and_shown_to_those_asked(organisation_a, agent_a):
    test = un_test_pret(organisation=organisation_a, titre="Prêt")
    Accord.objects.filter(partie__email="manager@example.org").update(etat="demande")
    assert "1 accord attendu" in page(agent_a)
    manager = UtilisateurFactory(email="manager@example.org")
    espace = page(manager)
    assert f"Votre accord sur « {test.titre} »" in espace
    assert "/accords/" in espace
    type(test).objects.filter(pk=test.pk).update(etat="abandonne")
    assert "Votre accord sur" not in page(manager)


def test_a_referent_sees_the_requests_to_decide(organisation_a, referent_a, agent_a):
    demande = AdhesionFactory(organisation=organisation_a, etat="demandee")
    assert f"{demande.utilisateur} demande à rejoindre" in page(referent_a)
    assert "demande à rejoindre" not in page(agent_a)


def test_an_administrateur_sees_what_nobody_else_decides(
    administrateur, organisation_a, referent_a
):
    AdhesionFactory(organisation=organisation_a, etat="demandee", utilisateur__nom="Chez A")
    orpheline = OrganisationFactory(nom="Sans référent")
    AdhesionFactory(organisation=orpheline, etat="demandee", utilisateur__nom="Chez personne")
    OrganisationFactory(nom="Toute neuve", validee=False)
    espace = page(administrateur)
    assert "Chez personne" in espace
    assert "Chez A" not in espace
    assert "Valider Toute neuve" in espace


def test_an_invitation_to_my_address_is_there_while_it_lives(habitant, organisation_a, referent_a):
    Invitation.inviter(
        organisation=organisation_a, email=habitant.email, role="agent", par=referent_a
    )
    assert "Rejoindre Ville de l&#x27;Est" in page(habitant)
    Invitation.objects.update(cree_le=timezone.now() - dt.timedelta(days=15))
    assert "Rejoindre Ville" not in page(habitant)


def test_more_of_everything_makes_no_more_queries(organisation_a, referent_a):
    def compter():
        with CaptureQueriesContext(connection) as requetes:
            page(referent_a)
        return len(requetes)

    def remplir():
        champs = {"organisation": organisation_a}
        AdhesionFactory(etat="demandee", **champs)
        un_test_a_evaluer(**champs)
        un_test_demarre(**champs)
        test = un_test_pret(**champs)
        partie = test.parties.create(
            role="direction", fonction="directrice", email=referent_a.email
        )
        Accord.objects.create(partie=partie, objet="demarrage", texte="…", empreinte="0")
        Invitation.objects.create(
            organisation=OrganisationFactory(), email=referent_a.email, par=referent_a
        )
        AdhesionFactory(utilisateur=referent_a)

    remplir()
    avant = compter()
    for _ in range(4):
        remplir()
    assert compter() == avant


def test_the_platforms_people_find_their_tools_from_their_space(clients):
    def liens(role: str) -> str:
        return clients[role].get("/mon-espace/").content.decode()

    assert "/exports/" in liens("administrateur")
    assert "/pistes/brouillons/" in liens("curateur")
    assert "/exports/" in liens("agent_a")
    assert "/pistes/brouillons/" not in liens("agent_a")


def test_the_pistes_are_exported_from_their_list(clients):
    assert "/exports/pistes.csv" in clients["administrateur"].get("/pistes/").content.decode()
    assert "/exports/" not in clients["visiteur"].get("/pistes/").content.decode()
