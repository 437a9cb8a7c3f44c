"""The thread between a team and those who animate its programme: each told by the other, never by oneself."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse, reverse_lazy

from rappels.models import Message
from tests.conftest import client_de
from tests.fabriques import ProgrammeFactory, TestFactory, UtilisateurFactory, un_membre
from tests_programme.models import Echange

LISTE = reverse_lazy("tests_programme:entraides")


@pytest.fixture
def animatrice(db):
    return UtilisateurFactory(email="animatrice@example.org", nom="Animatrice")


@pytest.fixture
def test(en_etat, animatrice):
    programme = ProgrammeFactory(titre="Le programme")
    programme.animateurs.add(animatrice)
    return en_etat("en_cours", programme=programme)


def adresse(test):
    return reverse("tests_programme:entraide", args=[test.pk])


def a_qui(genre):
    return sorted(Message.objects.filter(genre=genre).values_list("destinataire", flat=True))


def test_a_question_goes_to_who_animates_and_the_answer_to_the_team(
    test, agent_a, referent_a, animatrice, curateur
):
    client_de(referent_a).post(adresse(test), {"texte": "Qui peut nous aider ?"})
    assert a_qui("entraide_question") == ["animatrice@example.org"]
    client_de(animatrice).post(adresse(test), {"texte": "La référente santé."})
    reponses = a_qui("entraide_reponse")
    # Who bears it, who created it, who asked.
    assert {"porteuse@example.org", referent_a.email} <= set(reponses)
    assert "animatrice@example.org" not in reponses
    assert curateur.email not in reponses
    fil = list(test.echanges.values_list("de_l_animation", "texte"))
    assert fil == [(False, "Qui peut nous aider ?"), (True, "La référente santé.")]
    html = client_de(agent_a).get(adresse(test)).content.decode()
    assert html.index("Qui peut nous aider ?") < html.index("La référente santé.")


def test_the_mails_say_who_writes_and_where_to_answer(test, agent_a, animatrice):
    client_de(agent_a).post(adresse(test), {"texte": "Qui peut <b>nous</b> aider ?"})
    call_command("envoyer_rappels")
    (message,) = [m for m in mail.outbox if "Question d'une équipe" in m.subject]
    assert message.to == ["animatrice@example.org"]
    assert "Qui peut <b>nous</b> aider ?" in message.body
    assert adresse(test) in message.body
    assert "Le programme" in message.body
    assert "&lt;b&gt;nous" in message.alternatives[0][0]


def test_without_anybody_to_animate_the_curateurs_are_asked(en_etat, agent_a, curateur):
    test = en_etat("preparation")
    client_de(agent_a).post(adresse(test), {"texte": "Par où commencer ?"})
    assert a_qui("entraide_question") == [curateur.email]


def test_nobody_is_told_of_their_own_message(test, agent_a, animatrice):
    test.organisation.adhesions.create(utilisateur=animatrice, etat="active")
    client_de(animatrice).post(adresse(test), {"texte": "Je demande pour mon équipe."})
    assert not test.echanges.get().de_l_animation  # who belongs to the team speaks for it
    assert a_qui("entraide_question") == []
    client_de(agent_a).post(adresse(test), {"texte": "Et moi aussi."})
    assert a_qui("entraide_question") == ["animatrice@example.org"]


def test_a_mail_not_yet_sent_stays_here_when_its_reader_no_longer_animates(
    test, agent_a, animatrice
):
    client_de(agent_a).post(adresse(test), {"texte": "Qui peut nous aider ?"})
    test.programme.animateurs.set([UtilisateurFactory()])
    call_command("envoyer_rappels")
    assert not [m for m in mail.outbox if "Question" in m.subject]


def test_two_clicks_are_one_message(test, agent_a):
    for _ in range(2):
        client_de(agent_a).post(adresse(test), {"texte": "Qui peut nous aider ?"})
    assert test.echanges.count() == 1
    assert len(a_qui("entraide_question")) == 1


@pytest.mark.parametrize("texte", ["", "  ", "x" * 20_001, "nul \x00"])
def test_a_message_that_cannot_be_kept_is_refused(test, agent_a, texte):
    assert client_de(agent_a).post(adresse(test), {"texte": texte}).status_code == 422
    assert not test.echanges.exists()


@pytest.mark.parametrize("etat", ["evalue", "abandonne"])
def test_a_closed_thread_is_read_and_gives_the_text_back(en_etat, agent_a, etat):
    test = en_etat(etat)
    test.echanges.create(texte="Un vieux message")
    client = client_de(agent_a)
    html = client.get(adresse(test)).content.decode()
    assert "Un vieux message" in html
    assert "<textarea" not in html
    refus = client.post(adresse(test), {"texte": "Trop tard"})
    assert refus.status_code == 409
    assert "Trop tard" in refus.content.decode()
    assert test.echanges.count() == 1


def test_who_reads_and_who_writes(test, clients, animatrice):
    for role, client in clients.items():
        lit = role in {"agent_a", "referent_a", "curateur", "administrateur"}
        assert (client.get(adresse(test)).status_code == 200) == lit, role
        ecrit = client.post(adresse(test), {"texte": f"De {role}"}).status_code == 302
        assert ecrit == (role in {"agent_a", "referent_a", "curateur", "visiteur"}), role
    assert not test.echanges.filter(texte="De visiteur").exists()
    test.visibilite = "prive"
    test.save()
    assert client_de(animatrice).get(adresse(test)).status_code == 200
    assert clients["agent_b"].get(adresse(test)).status_code == 404


def test_an_account_from_a_publication_has_no_thread(en_etat, agent_a):
    recit = en_etat("preparation", source="Un guide")
    assert client_de(agent_a).get(adresse(recit)).status_code == 404


def test_who_animates_sees_what_waits_longest_first(test, en_etat, agent_a, animatrice, curateur):
    autre = en_etat("en_cours", programme=test.programme)
    ailleurs = en_etat("en_cours", programme=ProgrammeFactory())
    for fil in (autre, test, ailleurs):
        Echange.ecrire(fil, par=agent_a, texte=f"Question {fil.pk}")
    repondu = en_etat("en_cours", programme=test.programme)
    Echange.ecrire(repondu, par=agent_a, texte="Déjà répondu")
    Echange.ecrire(repondu, par=animatrice, texte="Voilà")
    clos = en_etat("evalue", programme=test.programme)
    clos.echanges.create(texte="Merci pour tout", auteur=agent_a)
    client = client_de(animatrice)
    page = client.get(LISTE)
    assert [e.test for e in page.context["echanges"]] == [autre, test]
    tous = client_de(curateur).get(LISTE).context["echanges"]
    assert [e.test for e in tous] == [autre, test, ailleurs]
    espace = client.get("/mon-espace/").content.decode()
    assert "2 questions d'équipe sans réponse" in espace
    assert str(LISTE) in espace
    assert str(LISTE) not in client_de(agent_a).get("/mon-espace/").content.decode()


def test_the_list_of_questions_ends_and_costs_the_same(animatrice, organisation_a):
    programme = ProgrammeFactory()
    programme.animateurs.add(animatrice)
    client = client_de(animatrice)

    def questions(nombre):
        for _ in range(nombre):
            test = TestFactory(organisation=organisation_a, programme=programme)
            Echange.ecrire(test, par=un_membre(organisation_a), texte="Une question")

    def cout():
        with CaptureQueriesContext(connection) as requetes:
            assert client.get(LISTE).status_code == 200
        return len(requetes)

    questions(1)
    avant = cout()
    questions(22)
    assert cout() == avant
    page = client.get(LISTE)
    suite = client.get(f"{LISTE}{page.context['suivante']}")
    vus = [e.pk for p in (page, suite) for e in p.context["echanges"]]
    assert len(vus) == len(set(vus)) == 23
    assert client.get(LISTE, {"apres": "9" * 400}).status_code == 200


def test_a_long_thread_is_read_from_its_end(test, agent_a):
    for n in range(105):
        test.echanges.create(texte=f"Message {n} !", auteur=agent_a)
    html = client_de(agent_a).get(adresse(test)).content.decode()
    assert "Message 104 !" in html
    assert "Message 4 !" not in html
    assert "Les cent derniers messages" in html
