"""Invitations by e-mail, from sending to accepting."""

import datetime as dt

import pytest
from django.utils import timezone

from comptes.models import Adhesion, Invitation, Utilisateur
from comptes.refus import DecisionImpossible
from comptes.tasks import effacer_les_invitations
from rappels.envoi import envoyer_les_messages_dus
from rappels.models import Message
from rappels.tasks import envoyer
from tests.conftest import client_de
from tests.fabriques import MOT_DE_PASSE, AdhesionFactory, UtilisateurFactory, un_membre

pytestmark = pytest.mark.django_db


def inviter(client, organisation, email="nouvelle@example.org", role="agent"):
    return client.post(f"/organisations/{organisation.pk}/inviter/", {"email": email, "role": role})


@pytest.fixture
def invitation(organisation_a, referent_a):
    return Invitation.inviter(
        organisation=organisation_a, email="nouvelle@example.org", role="referent", par=referent_a
    )


def lien(invitation):
    return f"/invitations/{invitation.jeton}/"


def messages_de(invitation):
    return Message.objects.filter(sujet=f"invitation:{invitation.pk}", genre="invitation")


def test_a_referent_invites_and_the_mail_is_planned(organisation_a, clients):
    assert inviter(clients["referent_a"], organisation_a, "Nouvelle@Example.org").status_code == 302
    invitation = Invitation.objects.get()
    assert invitation.email == "nouvelle@example.org"
    assert messages_de(invitation).get().destinataire == "nouvelle@example.org"
    page = (
        clients["referent_a"].get(f"/organisations/{organisation_a.pk}/membres/").content.decode()
    )
    assert "nouvelle@example.org" in page


@pytest.mark.parametrize(
    ("role", "statut"), [("agent_a", 403), ("agent_b", 403), ("curateur", 403), ("visiteur", 302)]
)
def test_nobody_else_invites(organisation_a, clients, role, statut):
    assert inviter(clients[role], organisation_a).status_code == statut
    assert not Invitation.objects.exists()


def test_an_agent_does_not_see_who_is_invited(invitation, organisation_a, clients):
    page = clients["agent_a"].get(f"/organisations/{organisation_a.pk}/membres/").content.decode()
    assert invitation.email not in page


@pytest.mark.parametrize("email", ["pas une adresse", ""])
def test_a_bad_address_is_said_on_the_page(organisation_a, clients, email):
    reponse = inviter(clients["referent_a"], organisation_a, email)
    assert reponse.status_code == 422
    assert 'href="#id_email"' in reponse.content.decode()


def test_the_same_address_is_not_invited_twice(invitation, organisation_a, clients):
    reponse = inviter(clients["referent_a"], organisation_a)
    assert "déjà une invitation en attente" in reponse.content.decode()
    assert messages_de(invitation).count() == 1


def test_a_member_is_not_invited(organisation_a, agent_a, clients):
    reponse = inviter(clients["referent_a"], organisation_a, agent_a.email)
    assert "déjà membre" in reponse.content.decode()


def test_a_dead_invitation_leaves_room_for_another(invitation, organisation_a, clients):
    Invitation.objects.update(cree_le=timezone.now() - dt.timedelta(days=15))
    assert inviter(clients["referent_a"], organisation_a).status_code == 302
    assert Invitation.objects.en_attente().count() == 1


def test_sent_again_it_lives_14_days_more(invitation, clients):
    Invitation.objects.update(cree_le=timezone.now() - dt.timedelta(days=20))
    clients["referent_a"].post(f"/invitations/{invitation.pk}/renvoyer/")
    invitation.refresh_from_db()
    assert invitation.est_valide()
    assert messages_de(invitation).count() == 2


def test_it_is_not_sent_again_within_the_hour(invitation, clients):
    reponse = clients["referent_a"].post(f"/invitations/{invitation.pk}/renvoyer/", follow=True)
    assert "attendez une heure" in reponse.content.decode()
    assert messages_de(invitation).count() == 1


def test_cancelled_its_mail_does_not_leave_and_its_link_is_closed(invitation, clients):
    for _ in range(2):
        clients["referent_a"].post(f"/invitations/{invitation.pk}/annuler/")
    assert messages_de(invitation).get().etat == "annule"
    reponse = clients["visiteur"].get(lien(invitation))
    assert reponse.status_code == 410
    assert "annulée" in reponse.content.decode()


@pytest.mark.parametrize("action", ["renvoyer", "annuler"])
@pytest.mark.parametrize(
    ("role", "statut"), [("agent_a", 403), ("agent_b", 404), ("habitant", 404)]
)
def test_nobody_else_touches_it(invitation, clients, action, role, statut):
    assert clients[role].post(f"/invitations/{invitation.pk}/{action}/").status_code == statut


def test_signing_up_from_the_link_needs_no_other_verification(invitation):
    client, adresse = client_de(None), lien(invitation)
    page = client.get(adresse).content.decode()
    assert "Rejoindre Ville de l&#x27;Est" in page
    inscription = f"/compte/signup/?next={adresse}&email=nouvelle@example.org"
    assert 'value="nouvelle@example.org"' in client.get(inscription).content.decode()
    reponse = client.post(
        inscription,
        {
            "email": "nouvelle@example.org",
            "nom": "Nouvelle Agente",
            "password1": MOT_DE_PASSE,
            "password2": MOT_DE_PASSE,
            "next": adresse,
        },
    )
    assert reponse.url == adresse
    client.post(adresse)
    adhesion = Adhesion.objects.get(utilisateur__email="nouvelle@example.org")
    assert (adhesion.etat, adhesion.role) == ("active", "referent")
    invitation.refresh_from_db()
    assert invitation.acceptee_le
    assert not Message.objects.filter(genre="compte").exists()


def test_another_address_still_has_to_be_verified(invitation, mailoutbox):
    client = client_de(None)
    client.get(lien(invitation))
    client.post(
        "/compte/signup/",
        {
            "email": "autre@example.org",
            "nom": "Autre",
            "password1": MOT_DE_PASSE,
            "password2": MOT_DE_PASSE,
        },
    )
    envoyer_les_messages_dus()
    assert [mail.to for mail in mailoutbox].count(["autre@example.org"]) == 1
    assert "_auth_user_id" not in client.session


def test_a_person_with_an_account_accepts_by_post(invitation):
    client = client_de(UtilisateurFactory(email="nouvelle@example.org"))
    assert "Accepter l'invitation" in client.get(lien(invitation)).content.decode()
    assert not Adhesion.objects.filter(utilisateur__email="nouvelle@example.org").exists()
    client.post(lien(invitation))
    assert Adhesion.objects.get(utilisateur__email="nouvelle@example.org").etat == "active"
    reponse = client.get(lien(invitation))
    assert reponse.status_code == 410
    assert "Vous l'avez acceptée" in reponse.content.decode()


def test_accepting_twice_changes_nothing_more(invitation):
    client = client_de(UtilisateurFactory(email="nouvelle@example.org"))
    client.post(lien(invitation))
    assert client.post(lien(invitation)).status_code == 410
    assert Adhesion.objects.filter(utilisateur__email="nouvelle@example.org").count() == 1


def test_a_forwarded_link_serves_nobody_else(invitation, clients):
    page = clients["habitant"].get(lien(invitation)).content.decode()
    assert "une autre adresse que celle de votre compte" in page
    assert clients["habitant"].post(lien(invitation)).status_code == 403
    assert not Adhesion.objects.filter(utilisateur__email="habitant@example.org").exists()


def test_a_visitor_who_posts_is_sent_to_sign_in(invitation, clients):
    reponse = clients["visiteur"].post(lien(invitation))
    assert reponse.url.startswith("/compte/login/?next=/invitations/")


@pytest.mark.parametrize("jeton", ["n-importe-quoi", "MQ:1abcde:zzzz"])
def test_a_damaged_link_says_so(jeton, clients):
    reponse = clients["visiteur"].get(f"/invitations/{jeton}/")
    assert reponse.status_code == 404
    assert "Ce lien ne mène à aucune invitation" in reponse.content.decode()


def test_a_link_changed_by_one_letter_is_refused(invitation, clients):
    jeton = invitation.jeton
    autre = jeton[:-1] + ("a" if jeton[-1] != "a" else "b")
    assert clients["visiteur"].get(f"/invitations/{autre}/").status_code == 404


def test_after_14_days_it_has_expired(invitation, clients):
    Invitation.objects.update(cree_le=timezone.now() - dt.timedelta(days=14, seconds=1))
    for reponse in (
        clients["visiteur"].get(lien(invitation)),
        clients["visiteur"].post(lien(invitation)),
    ):
        assert reponse.status_code == 410
        assert "expiré" in reponse.content.decode()


def test_the_address_is_erased_30_days_after_the_end(organisation_a, referent_a):
    maintenant = timezone.now()
    for email, champs in {
        "utilisee": {"acceptee_le": maintenant - dt.timedelta(days=31)},
        "annulee": {"annulee_le": maintenant - dt.timedelta(days=31)},
        "morte": {"cree_le": maintenant - dt.timedelta(days=45)},
        "recente": {"acceptee_le": maintenant - dt.timedelta(days=29)},
        "vivante": {},
    }.items():
        Invitation.objects.create(
            organisation=organisation_a, email=f"{email}@example.org", par=referent_a, **champs
        )
    assert effacer_les_invitations() == 3
    restantes = sorted(Invitation.objects.values_list("email", flat=True))
    assert restantes == ["recente@example.org", "vivante@example.org"]
    assert effacer_les_invitations() == 0


def test_a_referent_invited_as_agent_stays_referent(organisation_a, referent_a):
    invitation = Invitation.objects.create(
        organisation=organisation_a, email=referent_a.email, role="agent", par=referent_a
    )
    invitation.accepter(par=Utilisateur.objects.get(pk=referent_a.pk))
    assert referent_a.adhesions.get().role == "referent"


def _l_autrice_s_en_va(referent, comment):
    adhesion = referent.adhesions.get()
    autre = un_membre(adhesion.organisation, "referent")
    if comment == "retirée":
        client_de(autre).post(f"/adhesions/{adhesion.pk}/terminer/")
    elif comment == "rétrogradée":
        client_de(autre).post(f"/adhesions/{adhesion.pk}/role/", {"role": "agent"})
    elif comment == "partie":
        client_de(referent).post("/mon-compte/supprimer/", {"mot_de_passe": MOT_DE_PASSE})
    return autre


@pytest.mark.parametrize("comment", ["retirée", "rétrogradée", "partie"])
def test_an_invitation_ends_with_the_right_of_who_sent_it(invitation, referent_a, comment):
    _l_autrice_s_en_va(referent_a, comment)
    assert messages_de(invitation).get().etat == "annule"
    client = client_de(UtilisateurFactory(email="nouvelle@example.org"))
    reponse = client.get(lien(invitation))
    assert reponse.status_code == 410
    assert "annulée" in reponse.content.decode()
    assert client.post(lien(invitation)).status_code == 410
    assert not Adhesion.objects.filter(utilisateur__email="nouvelle@example.org").exists()


def test_a_closed_account_invites_nobody_until_somebody_else_sends_again(
    invitation, organisation_a, referent_a, mailoutbox
):
    Utilisateur.objects.filter(pk=referent_a.pk).update(is_active=False)
    Invitation.objects.update(cree_le=timezone.now() - dt.timedelta(hours=2))
    envoyer()
    assert not mailoutbox
    client = client_de(UtilisateurFactory(email="nouvelle@example.org"))
    assert client.post(lien(invitation)).status_code == 410
    with pytest.raises(DecisionImpossible):
        invitation.accepter(par=Utilisateur.objects.get(email="nouvelle@example.org"))
    autre = un_membre(organisation_a, "referent")
    client_de(autre).post(f"/invitations/{invitation.pk}/renvoyer/")
    envoyer()
    assert autre.nom in mailoutbox[0].body
    client.post(lien(invitation))
    assert Adhesion.objects.get(utilisateur__email="nouvelle@example.org").etat == "active"


def test_an_administrateur_who_leaves_an_organisation_may_still_invite(
    organisation_a, administrateur, referent_a
):
    adhesion = AdhesionFactory(
        organisation=organisation_a, utilisateur=administrateur, role="referent"
    )
    inviter(client_de(administrateur), organisation_a)
    client_de(administrateur).post(f"/adhesions/{adhesion.pk}/terminer/")
    assert Invitation.objects.get().annulee_le is None


@pytest.mark.parametrize("email", ["", "pas une adresse"])
def test_who_may_not_invite_is_told_so_before_the_form_is_read(organisation_a, clients, email):
    assert inviter(clients["agent_a"], organisation_a, email).status_code == 403


def test_the_public_page_never_shows_the_address_of_who_invites(invitation, referent_a):
    Utilisateur.objects.filter(pk=referent_a.pk).update(nom="")
    page = client_de(None).get(lien(invitation)).content.decode()
    assert referent_a.email not in page
    assert "Une personne vous invite" in page
