"""The words of our mails, written at the moment they leave."""

import re

import pytest

from comptes.creation import creer_organisation
from comptes.models import Adhesion, Invitation, Organisation
from rappels.models import Message
from rappels.registre import redacteur_de
from tests.fabriques import AdhesionFactory, UtilisateurFactory, un_membre

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _adresse_publique(settings):
    settings.ADRESSE_PUBLIQUE = "https://reflexes.example.org"


def courriel_de(genre):
    message = Message.objects.filter(genre=genre).latest("pk")
    return redacteur_de(genre)(message)


@pytest.fixture
def adhesion(organisation_a, referent_a, habitant):
    return Adhesion.demander(utilisateur=habitant, organisation=organisation_a)


def les_courriels(organisation_a, referent_a, habitant, administrateur, adhesion):
    """Each kind, with what must be read in it."""
    yield "adhesion_demandee", [habitant.email, f"/organisations/{organisation_a.pk}/membres/"]
    adhesion.accepter(par=referent_a)
    yield "adhesion_acceptee", ["agent·e", "/mon-espace/"]
    adhesion.changer_role(par=referent_a, role="referent")
    yield "adhesion_role", ["référent·e", "inviter des collègues"]
    adhesion.terminer(par=referent_a)
    yield "adhesion_terminee", ["Votre compte reste ouvert"]
    Adhesion.demander(utilisateur=habitant, organisation=organisation_a).refuser(par=referent_a)
    yield "adhesion_refusee", ["refaire la demande"]
    Invitation.inviter(
        organisation=organisation_a, email="x@example.org", role="agent", par=referent_a
    )
    yield "invitation", [referent_a.nom, "/invitations/"]
    creer_organisation(Organisation(nom="Préfecture & fils", type="etat"), par=habitant)
    yield "organisation_a_valider", ["Préfecture", habitant.email, "/organisations/"]


def test_each_mail_says_what_it_must_in_text_and_html(
    organisation_a, referent_a, habitant, administrateur, adhesion
):
    genres = les_courriels(organisation_a, referent_a, habitant, administrateur, adhesion)
    for genre, attendus in genres:
        courriel = courriel_de(genre)
        assert courriel is not None, genre
        for texte in (courriel.texte, courriel.html):
            assert "https://reflexes.example.org/" in texte
            assert "http://localhost" not in texte
            for attendu in attendus:
                assert attendu in texte, (genre, attendu)
        assert not re.search(r"&(amp|#x27|quot);|<\w+", courriel.texte), genre
        assert not re.search(r"\{[{%]|None", courriel.texte + courriel.html), genre


def test_a_request_answered_meanwhile_is_not_announced(adhesion, referent_a):
    adhesion.accepter(par=referent_a)
    assert courriel_de("adhesion_demandee") is None


def test_somebody_who_no_longer_decides_is_not_told(adhesion, organisation_a, referent_a):
    un_membre(organisation_a, "referent")
    referent_a.adhesions.get().terminer(par=referent_a)
    assert courriel_de("adhesion_demandee") is None


def test_nothing_is_written_to_an_erased_person(adhesion, referent_a, habitant):
    adhesion.accepter(par=referent_a)
    habitant.delete()
    assert courriel_de("adhesion_acceptee") is None


def test_an_invitation_used_meanwhile_is_not_sent(organisation_a, referent_a):
    invitation = Invitation.inviter(
        organisation=organisation_a, email="x@example.org", role="agent", par=referent_a
    )
    invitation.accepter(par=UtilisateurFactory(email="x@example.org"))
    assert courriel_de("invitation") is None


def test_an_organisation_validated_meanwhile_is_not_announced(habitant, administrateur):
    creee, _ = creer_organisation(Organisation(nom="Préfecture", type="etat"), par=habitant)
    creee.valider(par=administrateur)
    assert courriel_de("organisation_a_valider") is None


def test_the_same_decision_on_another_day_is_another_mail(organisation_a, referent_a):
    adhesion = AdhesionFactory(organisation=organisation_a, etat="demandee")
    adhesion.refuser(par=referent_a)
    Adhesion.demander(utilisateur=adhesion.utilisateur, organisation=organisation_a)
    adhesion.refuser(par=referent_a)
    assert Message.objects.filter(genre="adhesion_refusee").count() == 2
