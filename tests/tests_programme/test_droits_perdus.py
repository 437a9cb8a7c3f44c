"""A right that is lost, a test that moves: what was said among some is not read by others."""

import pytest
from django.core import mail
from django.urls import reverse

from rappels.models import Message
from rappels.tasks import envoyer
from tests.conftest import client_de
from tests.fabriques import (
    ProgrammeFactory,
    UtilisateurFactory,
    un_membre,
    un_test_soumis,
    une_note,
)
from tests_programme.models import Commentaire

pytestmark = pytest.mark.django_db


@pytest.fixture
def deux_programmes(organisation_a, organisation_b):
    avant, apres = ProgrammeFactory(titre="Avant"), ProgrammeFactory(titre="Après")
    avant.organisations.add(organisation_a)
    apres.organisations.add(organisation_a, organisation_b)
    return avant, apres


def test_a_test_that_changes_programme_leaves_its_comments_behind(
    deux_programmes, en_etat, agent_a, agent_b
):
    avant, apres = deux_programmes
    test = en_etat("en_cours", programme=avant)
    Commentaire.ecrire(programme=avant, test=test, par=agent_a, texte="Entre nous seulement.")
    type(test).objects.filter(pk=test.pk).update(programme=apres)
    page = client_de(agent_b).get(reverse("tests_programme:commentaires", args=[test.pk]))
    assert page.status_code == 200
    assert "Entre nous seulement." not in page.content.decode()
    # Those it was said among still find it where they said it.
    miroir = client_de(agent_a).get(f"{avant.get_absolute_url()}groupe-miroir/")
    assert "Entre nous seulement." in miroir.content.decode()


def test_whoever_left_the_team_does_not_receive_the_remark(organisation_a, agent_a, referent_a):
    test = un_test_soumis(organisation=organisation_a, par=agent_a)
    envoyer()
    mail.outbox.clear()
    test.rendre(par=referent_a, remarque="Le froid n'est pas dit.")
    agent_a.adhesions.update(etat="terminee")
    envoyer()
    assert [m for m in mail.outbox if agent_a.email in m.to] == []


def test_taking_off_a_note_with_its_voice_voids_the_submission(organisation_a, agent_a, referent_a):
    test = un_test_soumis(organisation=organisation_a, par=agent_a)
    note = une_note(test)
    test.voix.create(fonction="habitante", texte="Oui.", consentement=True, note=note)
    page = reverse("tests_programme:retirer_note", args=[test.pk, note.pk])
    reponse = client_de(agent_a).post(page, follow=True)
    test.refresh_from_db()
    assert not test.evaluation.est_soumise
    assert "soumission ne vaut plus" in reponse.content.decode()


def test_taking_off_a_note_without_a_voice_voids_nothing(organisation_a, agent_a, referent_a):
    test = un_test_soumis(organisation=organisation_a, par=agent_a)
    note = une_note(test)
    client_de(agent_a).post(reverse("tests_programme:retirer_note", args=[test.pk, note.pk]))
    test.refresh_from_db()
    assert test.evaluation.est_soumise


def test_a_comment_is_withdrawn_by_its_author_and_is_unknown_to_strangers(
    deux_programmes, en_etat, agent_a, agent_b
):
    avant, _ = deux_programmes
    test = en_etat("preparation", programme=avant)
    dit = Commentaire.ecrire(programme=avant, test=test, par=agent_a, texte="Un brouillon.")
    page = reverse("tests_programme:retirer_commentaire", args=[dit.pk])
    voisine = un_membre(avant.organisations.get())
    assert client_de(UtilisateurFactory()).post(page).status_code == 404
    assert client_de(agent_b).post(page).status_code == 404
    assert client_de(voisine).post(page).status_code == 403
    assert client_de(agent_a).post(page).status_code == 302
    assert not Commentaire.objects.exists()


@pytest.mark.parametrize("role", ["animatrice", "curateur"])
def test_a_private_test_let_into_is_not_carried_into_another_organisation(
    role, en_etat, curateur, organisation_b
):
    programme = ProgrammeFactory()
    lectrice = curateur if role == "curateur" else UtilisateurFactory()
    if role == "animatrice":
        programme.animateurs.add(lectrice)
    organisation_b.adhesions.create(utilisateur=lectrice, etat="active")
    test = en_etat("en_cours", programme=programme, visibilite="prive")
    page = reverse("tests_programme:s_inspirer", args=[test.pk])
    client = client_de(lectrice)
    lue = client.get(test.get_absolute_url())
    assert lue.status_code == 200
    assert page not in lue.content.decode()
    assert client.post(page, {"organisation": organisation_b.pk}).status_code == 403
    assert not organisation_b.tests.exists()
    public = en_etat("en_cours", programme=programme)
    page = reverse("tests_programme:s_inspirer", args=[public.pk])
    assert client.post(page, {"organisation": organisation_b.pk}).status_code == 302


def test_the_thread_does_not_flood_those_who_animate(en_etat, agent_a, curateur):
    test = en_etat("en_cours")
    client, page = client_de(agent_a), reverse("tests_programme:entraide", args=[test.pk])
    for rang in range(20):
        assert client.post(page, {"texte": f"Question {rang}"}).status_code == 302
    refus = client.post(page, {"texte": "Une de trop, gardée ici."})
    assert refus.status_code == 422
    html = refus.content.decode()
    assert "20 messages en une heure" in html
    assert "Une de trop, gardée ici." in html
    assert Message.objects.filter(genre="entraide_question").count() == 20
