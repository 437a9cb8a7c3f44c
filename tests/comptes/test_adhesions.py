"""Asking to join, deciding, roles, ending."""

import datetime as dt

import pytest
from django.utils import timezone

from comptes.models import Adhesion, Invitation
from rappels.models import Message
from rappels.tasks import envoyer
from tests.conftest import client_de
from tests.fabriques import AdhesionFactory, OrganisationFactory, UtilisateurFactory, un_membre

pytestmark = pytest.mark.django_db


def messages_de(adhesion, genre):
    return Message.objects.filter(sujet=f"adhesion:{adhesion.pk}", genre=genre)


def rejoindre(organisation, user, **donnees):
    return client_de(user).post(f"/organisations/{organisation.pk}/rejoindre/", donnees)


@pytest.fixture
def demande(organisation_a, referent_a, habitant):
    rejoindre(organisation_a, habitant)
    return Adhesion.objects.get(utilisateur=habitant)


def test_asking_writes_to_the_referents(organisation_a, referent_a, habitant):
    reponse = rejoindre(organisation_a, habitant)
    assert reponse.status_code == 302
    adhesion = Adhesion.objects.get(utilisateur=habitant)
    assert (adhesion.etat, adhesion.role) == ("demandee", "agent")
    assert [m.destinataire for m in messages_de(adhesion, "adhesion_demandee")] == [
        referent_a.email
    ]


def test_without_a_referent_the_administrateurs_are_written_to(
    organisation_a, administrateur, habitant
):
    rejoindre(organisation_a, habitant, role="referent")
    adhesion = Adhesion.objects.get(utilisateur=habitant)
    assert adhesion.role == "referent"
    assert [m.destinataire for m in messages_de(adhesion, "adhesion_demandee")] == [
        administrateur.email
    ]


def test_asking_twice_is_asking_once(demande, organisation_a, habitant):
    rejoindre(organisation_a, habitant)
    assert messages_de(demande, "adhesion_demandee").count() == 1


def test_a_member_who_asks_stays_what_they_are(organisation_a, referent_a):
    rejoindre(organisation_a, referent_a, role="agent")
    assert Adhesion.objects.referents().filter(utilisateur=referent_a).exists()


def test_a_visitor_is_sent_to_sign_in(organisation_a):
    reponse = rejoindre(organisation_a, None)
    assert reponse.status_code == 302
    assert reponse.url.startswith("/compte/login/")


def test_an_organisation_one_may_not_see_is_not_found(habitant):
    cachee = OrganisationFactory(validee=False)
    assert rejoindre(cachee, habitant).status_code == 404


def test_nothing_changes_by_get(demande, organisation_a, referent_a, clients):
    for adresse in [
        f"/organisations/{organisation_a.pk}/rejoindre/",
        *(f"/adhesions/{demande.pk}/{a}/" for a in ("accepter", "refuser", "role", "terminer")),
    ]:
        assert clients["referent_a"].get(adresse).status_code == 405


@pytest.mark.parametrize("role", ["agent", "referent"])
def test_a_referent_accepts_with_a_role(demande, clients, role):
    clients["referent_a"].post(f"/adhesions/{demande.pk}/accepter/", {"role": role})
    demande.refresh_from_db()
    assert (demande.etat, demande.role) == ("active", role)
    assert demande.decidee_le
    assert messages_de(demande, "adhesion_acceptee").count() == 1


def test_an_administrateur_accepts_too(demande, clients):
    clients["administrateur"].post(f"/adhesions/{demande.pk}/accepter/")
    demande.refresh_from_db()
    assert demande.etat == "active"


def test_accepting_twice_tells_once(demande, clients):
    for _ in range(2):
        clients["referent_a"].post(f"/adhesions/{demande.pk}/accepter/")
    assert messages_de(demande, "adhesion_acceptee").count() == 1


@pytest.mark.parametrize("action", ["accepter", "refuser"])
@pytest.mark.parametrize(
    ("role", "statut"), [("agent_a", 403), ("agent_b", 404), ("curateur", 404), ("habitant", 403)]
)
def test_nobody_else_decides(demande, clients, action, role, statut):
    assert clients[role].post(f"/adhesions/{demande.pk}/{action}/").status_code == statut
    demande.refresh_from_db()
    assert demande.etat == "demandee"


def test_a_refusal_is_told_and_one_may_ask_again(demande, clients, organisation_a, habitant):
    clients["referent_a"].post(f"/adhesions/{demande.pk}/refuser/")
    demande.refresh_from_db()
    assert demande.etat == "refusee"
    assert messages_de(demande, "adhesion_refusee").count() == 1
    rejoindre(organisation_a, habitant)
    demande.refresh_from_db()
    assert demande.etat == "demandee"
    assert messages_de(demande, "adhesion_demandee").get().etat == "prevu"


def test_a_refused_request_cannot_be_accepted_without_being_asked_again(demande, clients):
    clients["referent_a"].post(f"/adhesions/{demande.pk}/refuser/")
    reponse = clients["referent_a"].post(f"/adhesions/{demande.pk}/accepter/", follow=True)
    assert "attend plus de réponse" in reponse.content.decode()
    demande.refresh_from_db()
    assert demande.etat == "refusee"


def test_one_withdraws_ones_own_request(demande, clients):
    clients["habitant"].post(f"/adhesions/{demande.pk}/terminer/")
    demande.refresh_from_db()
    assert demande.etat == "terminee"
    assert not messages_de(demande, "adhesion_terminee").exists()


def test_a_referent_makes_another_who_is_told(organisation_a, agent_a, clients):
    adhesion = agent_a.adhesions.get()
    clients["referent_a"].post(f"/adhesions/{adhesion.pk}/role/", {"role": "referent"})
    adhesion.refresh_from_db()
    assert adhesion.role == "referent"
    assert messages_de(adhesion, "adhesion_role").get().destinataire == agent_a.email


def test_the_last_referent_stays(organisation_a, referent_a, clients):
    adhesion = referent_a.adhesions.get()
    for action, donnees in [("role", {"role": "agent"}), ("terminer", {})]:
        reponse = clients["referent_a"].post(
            f"/adhesions/{adhesion.pk}/{action}/", donnees, follow=True
        )
        assert "dernière personne référente" in reponse.content.decode()
    adhesion.refresh_from_db()
    assert (adhesion.etat, adhesion.role) == ("active", "referent")


def test_with_another_referent_one_may_leave(organisation_a, referent_a, clients):
    un_membre(organisation_a, "referent")
    adhesion = referent_a.adhesions.get()
    clients["referent_a"].post(f"/adhesions/{adhesion.pk}/terminer/")
    adhesion.refresh_from_db()
    assert adhesion.etat == "terminee"


def test_an_inactive_referent_does_not_count_as_one(organisation_a, referent_a, clients):
    autre = un_membre(organisation_a, "referent")
    type(autre).objects.filter(pk=autre.pk).update(is_active=False)
    adhesion = referent_a.adhesions.get()
    clients["referent_a"].post(f"/adhesions/{adhesion.pk}/terminer/")
    adhesion.refresh_from_db()
    assert adhesion.etat == "active"


def test_a_member_who_is_taken_out_loses_every_right_and_is_told(organisation_a, agent_a, clients):
    adhesion = agent_a.adhesions.get()
    clients["referent_a"].post(f"/adhesions/{adhesion.pk}/terminer/")
    assert messages_de(adhesion, "adhesion_terminee").get().destinataire == agent_a.email
    assert clients["agent_a"].get(f"/organisations/{organisation_a.pk}/membres/").status_code == 403


def test_an_agent_changes_nobodys_role(agent_a, referent_a, clients):
    adhesion = agent_a.adhesions.get()
    reponse = clients["agent_a"].post(f"/adhesions/{adhesion.pk}/role/", {"role": "referent"})
    assert reponse.status_code == 403
    adhesion.refresh_from_db()
    assert adhesion.role == "agent"


def test_a_role_that_does_not_exist_is_refused(agent_a, clients):
    adresse = f"/adhesions/{agent_a.adhesions.get().pk}/role/"
    page = clients["referent_a"].post(adresse, {"role": "chef"}, follow=True).content.decode()
    assert "Ce rôle n&#x27;existe pas" in page
    assert agent_a.adhesions.get().role == "agent"


def test_members_see_names_and_referents_see_addresses(organisation_a, agent_a, clients):
    adresse = f"/organisations/{organisation_a.pk}/membres/"
    autre = un_membre(organisation_a)
    page = clients["agent_a"].get(adresse).content.decode()
    assert autre.nom in page
    assert autre.email not in page
    assert autre.email in clients["referent_a"].get(adresse).content.decode()


@pytest.mark.parametrize(
    ("role", "statut"),
    [("agent_a", 200), ("referent_a", 200), ("administrateur", 200)]
    + [("habitant", 403), ("agent_b", 403), ("curateur", 403), ("visiteur", 302)],
)
def test_who_sees_the_members(organisation_a, clients, role, statut):
    adresse = f"/organisations/{organisation_a.pk}/membres/"
    assert clients[role].get(adresse).status_code == statut


def test_more_members_make_no_more_queries(organisation_a, clients):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def compter():
        with CaptureQueriesContext(connection) as requetes:
            clients["referent_a"].get(f"/organisations/{organisation_a.pk}/membres/")
        return len(requetes)

    AdhesionFactory(organisation=organisation_a, etat="demandee")
    avant = compter()
    for _ in range(20):
        AdhesionFactory(organisation=organisation_a)
        AdhesionFactory(organisation=organisation_a, etat="demandee")
    assert compter() == avant


def test_an_inactive_person_has_no_rights_and_is_signed_out(organisation_a, referent_a, clients):
    type(referent_a).objects.filter(pk=referent_a.pk).update(is_active=False)
    reponse = clients["referent_a"].get("/mon-espace/")
    assert reponse.status_code == 302
    assert reponse.url.startswith("/compte/login/")
    referent_a.refresh_from_db()
    assert not referent_a.has_perm("comptes.gerer_organisation", organisation_a)


def test_asking_and_withdrawing_again_and_again_sends_one_mail_a_day(
    organisation_a, referent_a, habitant, mailoutbox
):
    for _ in range(3):
        rejoindre(organisation_a, habitant)
        envoyer()
        adhesion = Adhesion.objects.get(utilisateur=habitant)
        client_de(habitant).post(f"/adhesions/{adhesion.pk}/terminer/")
    assert [m.to for m in mailoutbox] == [[referent_a.email]]
    demain = timezone.now() + dt.timedelta(days=1)
    Adhesion.demander(utilisateur=habitant, organisation=organisation_a, at=demain)
    assert messages_de(adhesion, "adhesion_demandee").filter(etat="prevu").count() == 1


@pytest.mark.parametrize(
    ("qui", "action"),
    [("habitant", "terminer"), ("referent_a", "refuser"), ("referent_a", "accepter")],
)
def test_a_request_that_waits_no_more_is_announced_to_nobody(demande, clients, qui, action):
    clients[qui].post(f"/adhesions/{demande.pk}/{action}/")
    assert messages_de(demande, "adhesion_demandee").get().etat == "annule"


def test_somebody_let_in_by_an_invitation_is_no_longer_announced(
    demande, organisation_a, referent_a, habitant
):
    invitation = Invitation.inviter(
        organisation=organisation_a, email=habitant.email, role="agent", par=referent_a
    )
    client_de(habitant).post(f"/invitations/{invitation.jeton}/")
    assert messages_de(demande, "adhesion_demandee").get().etat == "annule"


@pytest.mark.parametrize("role", ["agent_a", "agent_b", "curateur"])
def test_who_may_not_is_told_so_whatever_they_send(organisation_a, referent_a, clients, role):
    adhesion = referent_a.adhesions.get()
    statut = 403 if role == "agent_a" else 404
    reponse = clients[role].post(f"/adhesions/{adhesion.pk}/role/", {"role": "chef"})
    assert reponse.status_code == statut


def test_a_person_without_a_name_is_not_shown_by_their_address(organisation_a, clients):
    discrete = UtilisateurFactory(nom="", email="secrete@example.org")
    AdhesionFactory(utilisateur=discrete, organisation=organisation_a)
    adresse = f"/organisations/{organisation_a.pk}/membres/"
    page = clients["agent_a"].get(adresse).content.decode()
    assert "Une personne" in page
    assert "secrete@example.org" not in page
    discrete.fonction = "régisseuse"
    discrete.save()
    assert "<strong>régisseuse</strong>" in clients["agent_a"].get(adresse).content.decode()
