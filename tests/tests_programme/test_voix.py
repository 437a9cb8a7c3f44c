"""The voices: counted, read one by one, tagged, taken back, set beside the verdict they dispute."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.anonymat import ce_qui_designe
from config.jours import jour_de
from tests.conftest import client_de
from tests.tests_programme.questionnaires import la_question, repondre, un_questionnaire
from tests_programme.models import Test, ValeurReponse, Voix
from tests_programme.querysets_voix import DIVERGENCES


@pytest.fixture
def client(agent_a):
    return client_de(agent_a)


@pytest.fixture
def questionnaire(en_etat):
    return un_questionnaire(en_etat("en_cours"))


def adresse(test, nom="voix", *plus):
    return reverse(f"tests_programme:{nom}", args=[test.pk, *plus])


def html(reponse) -> str:
    return reponse.content.decode().replace("&#x27;", "'")


def des_reponses(questionnaire, nombre, **champs):
    for _ in range(nombre):
        reponse = questionnaire.reponses.create(position="accord")
        for question in questionnaire.questions.all():
            texte = "Des mots." if question.type == "texte" else ""
            reponse.valeurs.create(question=question, nombre=None if texte else 2, texte=texte)


def publier(test, **voix):
    """An evaluated test with one more voice."""
    return test.voix.create(
        **{"fonction": "voisine", "texte": "Rien n'a changé.", "consentement": True, **voix}
    )


def test_answers_are_drawn_and_the_same_numbers_tabled(client, questionnaire):
    echelle, choix = la_question(questionnaire, "echelle"), la_question(questionnaire, "choix")
    for note in ("1", "5", "5"):
        repondre(questionnaire, position="nuance", **{f"q{echelle.pk}": note, f"q{choix.pk}": "3"})
    page = client.get(adresse(questionnaire.test))
    graphiques = {g.titre: g for g in page.context["graphiques"]}
    assert [b.nombre for b in graphiques[echelle.libelle].barres] == [1, 0, 0, 0, 2]
    assert graphiques[echelle.libelle].moyenne == 3.7
    assert [b.nombre for b in graphiques[choix.libelle].barres] == [0, 0, 3, 0]
    assert [b.part for b in graphiques[choix.libelle].barres] == [0, 0, 100, 0]
    assert [b.nombre for b in page.context["graphiques"][0].barres] == [0, 3, 0, 0]
    texte = html(page)
    assert "3 réponses" in texte
    assert texte.count('<svg class="barres"') == texte.count("<caption>") == 3


def test_the_page_costs_the_same_with_three_hundred_answers(client, questionnaire):
    def cout(nom):
        with CaptureQueriesContext(connection) as requetes:
            assert client.get(adresse(questionnaire.test, nom)).status_code == 200
        return len(requetes)

    des_reponses(questionnaire, 1)
    publier(questionnaire.test)
    avant = {nom: cout(nom) for nom in ("voix", "textes", "questionnaire")}
    des_reponses(questionnaire, 300)
    for n in range(60):
        publier(questionnaire.test, texte=f"Voix {n}", etiquettes=[f"mot {n % 5}"])
    assert {nom: cout(nom) for nom in avant} == avant
    assert max(avant.values()) <= 14


def test_free_texts_are_read_page_by_page_by_question_and_by_tag(client, questionnaire):
    question = la_question(questionnaire, "texte")
    reponses = [questionnaire.reponses.create() for _ in range(45)]
    for n, reponse in enumerate(reponses):
        etiquettes = ["panneau"] if n % 9 == 0 else []
        reponse.valeurs.create(question=question, texte=f"Texte {n:02}.", etiquettes=etiquettes)
    lus, suite = [], "?"
    while suite:
        page = client.get(adresse(questionnaire.test, "textes") + suite)
        lus += [ligne.texte for ligne in page.context["lignes"]]
        suite = page.context["suivante"]
    assert lus == [f"Texte {n:02}." for n in reversed(range(45))]
    choisis = client.get(
        adresse(questionnaire.test, "textes"), {"etiquette": "panneau", "question": question.pk}
    )
    assert len(choisis.context["lignes"]) == 5
    assert "panneau (5)" in html(choisis)
    assert not client.get(adresse(questionnaire.test, "textes"), {"etiquette": "x"}).context[
        "lignes"
    ]


def test_tags_are_put_on_and_two_people_keep_both_theirs(client, questionnaire, referent_a):
    question = la_question(questionnaire, "texte")
    repondre(questionnaire, **{f"q{question.pk}": "Trop petit."})
    texte = ValeurReponse.objects.get()
    etiqueter = adresse(questionnaire.test, "etiqueter_texte", texte.pk)
    retour = adresse(questionnaire.test, "textes")
    envoi = {"avant": "", "etiquettes": "Panneau,  panneau , accès", "retour": retour}
    assert client.post(etiqueter, envoi).url == f"{retour}#parole-{texte.pk}"
    client_de(referent_a).post(etiqueter, {"avant": "", "etiquettes": "urgent"})
    texte.refresh_from_db()
    assert texte.etiquettes == ["panneau", "accès", "urgent"]
    client.post(etiqueter, {"avant": "panneau, accès", "etiquettes": "accès"})
    texte.refresh_from_db()
    assert texte.etiquettes == ["accès", "urgent"]


def test_too_many_or_too_long_tags_are_said_and_nothing_breaks(client, questionnaire):
    voix = publier(questionnaire.test)
    etiqueter = adresse(questionnaire.test, "etiqueter", voix.pk)
    trop = client.post(etiqueter, {"etiquettes": "a,b,c,d,e,f,g,h"}, follow=True)
    assert "Pas gardé : g, h" in html(trop)
    for mauvaise in ("x" * 41, "a\x00b"):
        client.post(etiqueter, {"avant": "a,b,c,d,e,f", "etiquettes": mauvaise})
    voix.refresh_from_db()
    assert voix.etiquettes == ["a", "b", "c", "d", "e", "f"]
    ailleurs = client.post(etiqueter, {"etiquettes": "z", "retour": "https://ailleurs.example/"})
    assert ailleurs.url == adresse(questionnaire.test)


def test_an_interview_is_noted_during_and_after_the_test(client, en_etat):
    for etat in ("en_cours", "a_evaluer", "evalue"):
        test = en_etat(etat)
        dit = {"fonction": "auxiliaire", "texte": f"Mieux, {etat}.", "position": "nuance"}
        for _ in range(2):  # a double click is one voice
            assert client.post(adresse(test, "nouvelle_voix"), dit).status_code == 302
        voix = test.voix.get(origine="entretien")
        assert (voix.position, voix.consentement) == ("nuance", False)
        assert voix.recueillie_le == jour_de()
    avant = en_etat("pret")
    assert client.get(adresse(avant, "nouvelle_voix")).url == avant.get_absolute_url()


@pytest.mark.parametrize(
    ("mots", "trouve"),
    [
        ("Écrivez à jeanne@example.org", "e-mail"),
        ("Mon numéro : 06.12.34.56.78", "téléphone"),
        ("C'est Mme Durand qui m'a dit ça", "nom"),
        ("Elle a vu avec Jeanne Durand, du service", "nom"),
    ],
)
def test_words_that_seem_to_name_somebody_are_shown_once_more(client, en_etat, mots, trouve):
    test = en_etat("en_cours")
    dit = {"fonction": "auxiliaire", "texte": mots}
    alerte = client.post(adresse(test, "nouvelle_voix"), dit)
    assert alerte.status_code == 422
    assert trouve in html(alerte)
    assert mots in html(alerte)
    assert not test.voix.exists()
    assert client.post(adresse(test, "nouvelle_voix"), {**dit, "relu": "on"}).status_code == 302
    assert test.voix.get().texte == mots


def test_plain_words_name_nobody():
    for mots in (
        "Le 1er mars 2026, à Nantes, on a ouvert.",
        "On m'a dit 12 34 56.",
        "La Ville écoute.",
    ):
        assert ce_qui_designe(mots) == []


def test_an_interview_of_tomorrow_is_refused(client, en_etat):
    test = en_etat("en_cours")
    dit = {"fonction": "agent", "texte": "Bien.", "recueillie_le": "2099-01-01"}
    assert client.post(adresse(test, "nouvelle_voix"), dit).status_code == 422


def test_a_voice_is_taken_out_everywhere_with_a_reason_once_public(client, en_etat, clients):
    test = en_etat("evalue")
    voix = publier(test, texte="À retirer partout.")
    retirer = adresse(test, "retirer_voix", voix.pk)
    for motif in ({}, {"motif": ""}, {"motif": "x" * 2001}):
        assert client.post(retirer, motif).status_code == 422
    assert Voix.objects.filter(pk=voix.pk).exists()
    assert client.post(retirer, {"motif": "La personne le demande."}).status_code == 302
    for page in (test.get_absolute_url(), adresse(test, "paroles"), f"/api/v1/tests/{test.pk}/"):
        assert "À retirer partout." not in html(Client().get(page))
    ligne = test.journal.get(action="retirer_voix")
    assert (ligne.libelle, ligne.motif) == ("Voix retirée", "La personne le demande.")
    assert client.post(retirer, {"motif": "Encore"}).status_code == 404


def test_a_stranger_reads_tags_and_withdraws_nothing(clients, questionnaire):
    voix = publier(questionnaire.test)
    for role in ("habitant", "agent_b", "curateur"):
        for nom in ("voix", "textes", "nouvelle_voix"):
            assert clients[role].get(adresse(questionnaire.test, nom)).status_code == 403
        for nom in ("retirer_voix", "etiqueter"):
            envoi = {"motif": "x", "etiquettes": "x"}
            assert (
                clients[role].post(adresse(questionnaire.test, nom, voix.pk), envoi).status_code
                == 403
            )
    assert Voix.objects.get(pk=voix.pk).etiquettes == []


def test_a_voice_of_another_test_is_not_found(client, questionnaire, en_etat):
    voix = publier(en_etat("en_cours"))
    for nom in ("retirer_voix", "etiqueter", "etiqueter_texte"):
        assert client.post(adresse(questionnaire.test, nom, voix.pk), {}).status_code == 404


@pytest.mark.parametrize("verdict", ["confirmee", "infirmee", "nuancee", "sans_reponse", ""])
@pytest.mark.parametrize("position", Voix.Position.values)
def test_the_set_and_the_voice_agree_on_who_disagrees(en_etat, verdict, position):
    test = en_etat("evalue")
    test.evaluation.verdict = verdict
    test.evaluation.save()
    voix = publier(test, position=position)
    dit = DIVERGENCES.get((verdict, position), "")
    assert Test.objects.get(pk=test.pk).voix.avec_divergence().get(pk=voix.pk).divergence == dit
    assert voix.divergence_avec(verdict) == dit
    assert Voix.objects.divergentes().filter(pk=voix.pk).exists() == bool(dit)


def test_both_versions_stand_side_by_side(en_etat):
    test = en_etat("evalue")
    publier(test, position="desaccord", texte="On attend plus longtemps.")
    texte = html(Client().get(test.get_absolute_url()))
    assert "L'équipe conclut : hypothèse confirmée." in texte
    assert "Une voix dit le contraire :" in texte
    assert texte.count("On attend plus longtemps.") == 1
    assert "On m'a expliqué." in texte
    voix = Client().get(f"/api/v1/tests/{test.pk}/").json()["voix"]
    assert voix[0]["texte"] == "On attend plus longtemps."
    assert (voix[0]["position"], voix[0]["divergence"]) == ("desaccord", "dit le contraire")
    assert voix[1]["divergence"] == ""


def test_without_disagreement_there_is_one_version(en_etat):
    test = en_etat("evalue")
    publier(test, position="accord")
    publier(test, position="desaccord", consentement=False, texte="À ne pas dire")
    texte = html(Client().get(test.get_absolute_url()))
    assert "Deux versions" not in texte
    assert "À ne pas dire" not in texte


def test_the_numbers_are_public_with_the_evaluation_and_from_five_answers(en_etat):
    test = en_etat("a_evaluer")
    questionnaire = un_questionnaire(test)
    des_reponses(questionnaire, 4)
    assert "Rien à lire" in html(Client().get(adresse(test, "paroles")))
    publie = en_etat("evalue")
    questionnaire.test = publie
    questionnaire.save()
    page = adresse(publie, "paroles")
    assert Client().get(page).context["graphiques"] == []
    assert "personnes ont répondu" not in html(Client().get(publie.get_absolute_url()))
    des_reponses(questionnaire, 1)
    la_question(questionnaire, "choix").montrer(False)
    titres = [graphique.titre for graphique in Client().get(page).context["graphiques"]]
    assert (
        len(titres) == 4
    )  # the hypothesis and three scales: neither what is hidden nor free texts
    assert "Des mots." not in html(Client().get(page))
    assert "5 personnes ont répondu" in html(Client().get(publie.get_absolute_url()))


def test_a_test_with_many_voices_shows_some_and_leads_to_the_others(en_etat):
    test = en_etat("evalue")
    for n in range(30):
        publier(test, texte=f"Parole {n}.")
    page = Client().get(test.get_absolute_url())
    assert len(page.context["voix"]) == 12
    suite = adresse(test, "paroles")
    assert suite in html(page)
    lues = []
    while suite:
        page = Client().get(suite)
        lues += page.context["lignes"]
        suite = page.context["suivante"] and adresse(test, "paroles") + page.context["suivante"]
    assert len(lues) == 31


def test_a_private_test_keeps_its_voices(en_etat, clients):
    test = en_etat("evalue", visibilite="prive")
    publier(test, texte="Entre nous.")
    assert clients["visiteur"].get(adresse(test, "paroles")).status_code == 404
    assert "Entre nous." in html(clients["agent_a"].get(adresse(test, "paroles")))


def test_the_evaluation_page_still_takes_voices_with_a_position(client, en_etat):
    test = en_etat("a_evaluer")
    page = adresse(test, "evaluation")
    dit = {"quoi": "voix", "voix-fonction": "habitante", "voix-texte": "Non."}
    assert client.post(page, {**dit, "voix-position": "desaccord"}).status_code == 302
    voix = test.voix.get()
    assert (voix.origine, voix.position) == ("ecrite", "desaccord")
    retirer = adresse(test, "retirer_voix", voix.pk)
    assert client.post(retirer, {"depuis": "evaluation"}).url == page
