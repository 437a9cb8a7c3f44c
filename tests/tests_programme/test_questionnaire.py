"""The team composes its questionnaire: ready-made sets, own questions, dates, the link."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from config.jours import jour_de
from tests.conftest import client_de
from tests.tests_programme.questionnaires import la_question, repondre, un_questionnaire
from tests_programme.duree_questionnaire import QUESTIONS_MAXIMUM, SECONDES_MAXIMUM, secondes
from tests_programme.jeux import jeux
from tests_programme.models import Question, Questionnaire


@pytest.fixture
def client(agent_a):
    return client_de(agent_a)


@pytest.fixture
def test_ouvert(en_etat):
    return en_etat("en_cours")


def adresse(test, nom="questionnaire", *plus):
    return reverse(f"tests_programme:{nom}", args=[test.pk, *plus])


def remplir(client, test, questions=None, **champs):
    """Open the page, change what is asked, send it."""
    page = client.get(adresse(test))
    form = page.context["form"]
    donnees = {nom: form[nom].value() or "" for nom in form.fields}
    if (lignes := page.context["lignes"]) is not None:
        posees = questions if questions is not None else lignes.en_base()
        donnees |= {
            "questions-TOTAL_FORMS": len(posees),
            "questions-INITIAL_FORMS": min(len(posees), lignes.initial_form_count()),
        }
        for rang, ligne in enumerate(posees):
            ligne = {"ORDER": rang + 1, "type": "echelle", **ligne}
            if isinstance(ligne.get("choix"), list):
                ligne["choix"] = "\n".join(ligne["choix"])
            donnees |= {f"questions-{rang}-{nom}": v for nom, v in ligne.items() if v}
    return client.post(adresse(test), {**donnees, "version": page.context["version"], **champs})


@pytest.mark.parametrize("jeu", jeux().values(), ids=lambda jeu: jeu.cle)
def test_every_ready_made_set_is_short_and_complete(jeu):
    assert 4 <= len(jeu.questions) <= 6
    assert secondes(question.type for question in jeu.questions) <= SECONDES_MAXIMUM
    for question in jeu.questions:
        assert question.type in Question.Type.values
        assert len(question.libelle) <= 200
        assert bool(question.choix) == (question.type == "choix")
        assert all(len(mot) <= 80 for mot in question.choix)


def test_a_team_begins_with_a_set_twice_clicked_or_a_blank_page(client, test_ouvert):
    page = client.get(adresse(test_ouvert))
    assert all(jeu.titre in page.content.decode() for jeu in jeux().values())
    for _ in range(2):
        client.post(adresse(test_ouvert, "ajouter_jeu"), {"jeu": "outil"})
    questionnaire = Questionnaire.objects.get()
    assert questionnaire.questions.count() == len(jeux()["outil"].questions)
    assert questionnaire.ferme_le == test_ouvert.date_peremption + dt.timedelta(days=14)
    assert test_ouvert.journal.filter(action="questionnaire").count() == 1
    client.post(adresse(test_ouvert, "ajouter_jeu"), {"jeu": "lieu"})
    assert secondes(q.type for q in questionnaire.questions.all()) <= SECONDES_MAXIMUM
    assert client.post(adresse(test_ouvert, "ajouter_jeu"), {"jeu": "x"}).status_code == 404


def test_own_questions_are_written_ordered_and_taken_off(client, test_ouvert):
    questionnaire = un_questionnaire(test_ouvert)
    questions = [
        {"libelle": "Que changeriez-vous ?", "type": "texte", "ORDER": 2},
        {
            "libelle": "Venez-vous souvent ?",
            "type": "choix",
            "choix": "Oui\nNon\n\nOui",
            "ORDER": 1,
        },
        {"libelle": "À retirer", "type": "echelle", "DELETE": "on"},
        {"libelle": ""},
    ]
    assert remplir(client, test_ouvert, questions, introduction="Bonjour.").status_code == 302
    assert list(questionnaire.questions.values_list("libelle", "choix")) == [
        ("Venez-vous souvent ?", ["Oui", "Non"]),
        ("Que changeriez-vous ?", []),
    ]
    questionnaire.refresh_from_db()
    assert questionnaire.introduction == "Bonjour."
    assert "minute" in client.get(adresse(test_ouvert)).context["duree"]


@pytest.mark.parametrize(
    ("questions", "mot"),
    [
        ([{"libelle": f"Écrivez {n}", "type": "texte"} for n in range(4)], "deux minutes"),
        ([{"libelle": f"Note {n}"} for n in range(QUESTIONS_MAXIMUM + 1)], "8"),
        ([{"libelle": "Choisir", "type": "choix", "choix": "Oui"}], "deux à huit"),
        ([{"libelle": "Choisir", "type": "choix", "choix": "a\n" + "x" * 81}], "80 signes"),
        ([{"libelle": "", "type": "choix", "choix": "Oui\nNon"}], "Écrivez la question"),
        ([{"libelle": "a\x00b"}], "nul"),
    ],
    ids=["trop-long", "trop-de-questions", "un-seul-choix", "choix-long", "sans-question", "nul"],
)
def test_what_is_too_much_or_too_little_is_said(client, test_ouvert, questions, mot):
    questionnaire = un_questionnaire(test_ouvert, jeu="")
    refusee = remplir(client, test_ouvert, questions, introduction="Je reste.")
    assert refusee.status_code == 422
    assert mot in refusee.content.decode()
    assert "Je reste." in refusee.content.decode()
    assert not questionnaire.questions.exists()


@pytest.mark.parametrize(
    ("ouvert", "ferme", "mot"),
    [
        ("2027-03-10", "2027-03-01", "avant d&#x27;avoir ouvert"),
        ("2027-02-31", "2027-03-01", "existe pas"),
        ("2026-01-01", "2029-01-01", "Quatorze mois"),
        ("2020-01-01", "2020-02-01", "passée"),
    ],
    ids=["a-l-envers", "31-fevrier", "trois-ans", "passee"],
)
def test_impossible_dates_are_refused_in_words(client, test_ouvert, ouvert, ferme, mot):
    un_questionnaire(test_ouvert)
    refusee = remplir(client, test_ouvert, ouvert_le=ouvert, ferme_le=ferme)
    assert refusee.status_code == 422
    assert mot in refusee.content.decode()


def test_once_somebody_has_answered_questions_are_hidden_not_changed(client, test_ouvert):
    questionnaire = un_questionnaire(test_ouvert)
    question = la_question(questionnaire, "echelle")
    repondre(questionnaire, **{f"q{question.pk}": "4"})
    page = client.get(adresse(test_ouvert))
    assert page.context["lignes"] is None
    client.post(adresse(test_ouvert, "ajouter_jeu"), {"jeu": "travail"})
    assert questionnaire.questions.count() == len(jeux()["lieu"].questions)
    for montrer, masquee in (("0", True), ("0", True), ("1", False)):
        masquer = adresse(test_ouvert, "masquer_question", question.pk)
        assert client.post(masquer, {"montrer": montrer}).status_code == 302
        question.refresh_from_db()
        assert question.masquee is masquee
    nouvelle = jour_de() + dt.timedelta(days=3)
    assert remplir(client, test_ouvert, ferme_le=nouvelle).status_code == 302
    questionnaire.refresh_from_db()
    assert questionnaire.ferme_le == nouvelle


def test_an_answer_that_comes_while_the_team_rewrites_wins(client, test_ouvert):
    questionnaire = un_questionnaire(test_ouvert)
    page = client.get(adresse(test_ouvert))
    repondre(questionnaire, position="accord")
    envoyee = client.post(
        adresse(test_ouvert),
        {
            "version": page.context["version"],
            "ouvert_le": questionnaire.ouvert_le, "ferme_le": questionnaire.ferme_le,
            "questions-TOTAL_FORMS": 1, "questions-INITIAL_FORMS": 0,
            "questions-0-libelle": "Autre chose", "questions-0-type": "texte",
        },
    )  # fmt: skip
    assert envoyee.status_code in {302, 409}
    assert questionnaire.questions.count() == len(jeux()["lieu"].questions)


def test_two_people_do_not_overwrite_each_other(client, test_ouvert, referent_a):
    un_questionnaire(test_ouvert)
    vue = client.get(adresse(test_ouvert)).context["version"]
    remplir(client_de(referent_a), test_ouvert, introduction="La sienne.")
    conflit = remplir(client, test_ouvert, introduction="La mienne.", version=vue)
    assert conflit.status_code == 409
    texte = conflit.content.decode()
    assert "La sienne." in texte
    assert "La mienne." in texte


def test_the_team_closes_it_at_once(client, test_ouvert):
    questionnaire = un_questionnaire(test_ouvert)
    for _ in range(2):
        assert client.post(adresse(test_ouvert, "fermer_questionnaire")).status_code == 302
    assert repondre(questionnaire, mots="Trop tard").status_code == 410
    assert test_ouvert.journal.filter(libelle="Questionnaire fermé").count() == 1
    remplir(client, test_ouvert, ferme_le=jour_de())
    assert repondre(questionnaire, mots="Rouvert").status_code == 302


def test_the_former_link_is_cut_once_and_posters_with_it(client, test_ouvert):
    questionnaire = un_questionnaire(test_ouvert)
    ancien = questionnaire.jeton
    for _ in range(2):  # a double click cuts one link
        client.post(adresse(test_ouvert, "renouveler_lien"), {"ancien": ancien})
    questionnaire.refresh_from_db()
    assert questionnaire.jeton != ancien
    assert test_ouvert.journal.filter(libelle__contains="renouvelé").count() == 1
    assert "imprimez-les à nouveau" in client.get(adresse(test_ouvert)).content.decode()
    assert Client().get(f"/v/{ancien}/").status_code == 404
    assert Client().get(questionnaire.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("etat", ["evalue", "abandonne"])
def test_an_ended_test_composes_nothing_more(client, en_etat, etat):
    test = en_etat(etat)
    assert client.get(adresse(test)).url == test.get_absolute_url()
    assert client.post(adresse(test, "ajouter_jeu"), {"jeu": "lieu"}).url == test.get_absolute_url()
    assert not Questionnaire.objects.exists()


def test_a_stranger_composes_nothing(clients, test_ouvert):
    questionnaire = un_questionnaire(test_ouvert)
    for role in ("habitant", "agent_b", "curateur"):
        for nom in ("ajouter_jeu", "fermer_questionnaire", "renouveler_lien"):
            envoi = {"jeu": "outil", "ancien": questionnaire.jeton}
            assert clients[role].post(adresse(test_ouvert, nom), envoi).status_code == 403
        assert clients[role].get(adresse(test_ouvert)).status_code == 403
    questionnaire.refresh_from_db()
    assert questionnaire.est_ouvert
    assert questionnaire.questions.count() == len(jeux()["lieu"].questions)


def test_a_question_of_another_test_is_not_found(client, test_ouvert, en_etat):
    un_questionnaire(test_ouvert)
    ailleurs = la_question(un_questionnaire(en_etat("en_cours")), "echelle")
    masquer = adresse(test_ouvert, "masquer_question", ailleurs.pk)
    assert client.post(masquer, {"montrer": "0"}).status_code == 404
