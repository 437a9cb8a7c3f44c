"""``/mon-compte/``: what one says of oneself, and leaving."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from comptes.models import Adhesion, Utilisateur
from comptes.tasks import effacer_les_sessions
from tests.conftest import client_de
from tests.fabriques import MOT_DE_PASSE, UtilisateurFactory, un_test_demarre
from tests_programme.models import EntreeJournal

pytestmark = pytest.mark.django_db


def test_one_changes_name_and_function(habitant):
    reponse = client_de(habitant).post(
        "/mon-compte/", {"nom": "Autre nom", "fonction": "régisseuse"}
    )
    assert reponse.status_code == 302
    habitant.refresh_from_db()
    assert (habitant.nom, habitant.fonction) == ("Autre nom", "régisseuse")


def test_a_name_is_needed_and_what_was_typed_stays(habitant):
    page = client_de(habitant).post("/mon-compte/", {"nom": "", "fonction": "régisseuse"})
    assert page.status_code == 200
    assert "régisseuse" in page.content.decode()
    habitant.refresh_from_db()
    assert habitant.nom == "Habitante"


def test_role_and_address_are_not_changed_from_here(habitant):
    champs = {"nom": "X", "role": "administrateur", "email": "x@example.org", "is_active": ""}
    client_de(habitant).post("/mon-compte/", champs)
    habitant.refresh_from_db()
    assert (habitant.role, habitant.email) == ("", "habitant@example.org")
    assert habitant.is_active


@pytest.mark.parametrize("adresse", ["/mon-compte/", "/mon-compte/supprimer/"])
def test_a_visitor_signs_in_first(adresse):
    assert client_de(None).get(adresse).url == f"/compte/login/?next={adresse}"


def test_deleting_says_what_stays_and_asks_for_the_password(habitant):
    client = client_de(habitant)
    page = client.get("/mon-compte/supprimer/").content.decode()
    assert "Ce qui reste" in page
    assert client.post("/mon-compte/supprimer/", {"mot_de_passe": "faux"}).status_code == 200
    assert Utilisateur.objects.filter(pk=habitant.pk).exists()


def test_deleted_the_person_is_gone_and_the_test_keeps_its_history(organisation_a, agent_a):
    test = un_test_demarre(organisation=organisation_a, cree_par=agent_a)
    client = client_de(agent_a)
    reponse = client.post("/mon-compte/supprimer/", {"mot_de_passe": MOT_DE_PASSE}, follow=True)
    assert "Votre compte est supprimé" in reponse.content.decode()
    assert not Utilisateur.objects.filter(pk=agent_a.pk).exists()
    assert not Adhesion.objects.filter(organisation=organisation_a).exists()
    test.refresh_from_db()
    assert test.cree_par is None
    assert EntreeJournal.objects.get(test=test, action="demarrer").par is None
    assert client.get("/mon-espace/").status_code == 302
    assert not any("_auth_user_id" in s.get_decoded() for s in Session.objects.all())


def test_the_last_administrateur_stays(administrateur):
    client = client_de(administrateur)
    page = client.post("/mon-compte/supprimer/", {"mot_de_passe": MOT_DE_PASSE}).content.decode()
    assert "la dernière personne à administrer" in page
    UtilisateurFactory(role="administrateur")
    client.post("/mon-compte/supprimer/", {"mot_de_passe": MOT_DE_PASSE})
    assert not Utilisateur.objects.filter(pk=administrateur.pk).exists()


def test_after_ten_wrong_passwords_in_a_minute_one_waits(habitant):
    client = client_de(habitant)
    statuts = [
        client.post("/mon-compte/supprimer/", {"mot_de_passe": f"faux {n}"}).status_code
        for n in range(11)
    ]
    assert statuts == [200] * 10 + [429]
    reponse = client.post("/mon-compte/supprimer/", {"mot_de_passe": MOT_DE_PASSE})
    assert reponse.status_code == 429
    assert "Trop d'essais" in reponse.content.decode()
    assert Utilisateur.objects.filter(pk=habitant.pk).exists()


def test_expired_sessions_are_erased(habitant):
    for _ in range(2):
        client_de(habitant)
    vieille = Session.objects.first()
    Session.objects.filter(pk=vieille.pk).update(
        expire_date=timezone.now() - dt.timedelta(seconds=1)
    )
    effacer_les_sessions()
    assert Session.objects.count() == 1
    assert not Session.objects.filter(pk=vieille.pk).exists()
