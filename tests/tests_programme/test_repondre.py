"""The public page of a questionnaire: open to all, keeps nobody, loses nothing."""

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from config.jours import jour_de
from tests.conftest import client_de
from tests.tests_programme.questionnaires import la_question, page, repondre, un_questionnaire
from tests_programme.models import Reponse, ValeurReponse, Voix


@pytest.fixture
def questionnaire(en_etat):
    return un_questionnaire(en_etat("en_cours"))


def html(reponse) -> str:
    return reponse.content.decode().replace("&#x27;", "'")


def test_anybody_answers_without_account_nor_cookie(questionnaire):
    client = Client(enforce_csrf_checks=True)
    lue = client.get(questionnaire.get_absolute_url())
    envoyee = repondre(
        questionnaire,
        client,
        **{
            **page(questionnaire, client),
            f"q{la_question(questionnaire, 'echelle').pk}": "4",
            f"q{la_question(questionnaire, 'choix').pk}": "2",
            f"q{la_question(questionnaire, 'texte').pk}": "Le panneau était trop petit.",
            "position": "desaccord",
        },
    )
    assert (lue.status_code, envoyee.status_code) == (200, 302)
    merci = client.get(envoyee["Location"])
    assert "bien arrivée" in html(merci)
    for reponse in (lue, envoyee, merci):
        assert "Set-Cookie" not in reponse.headers
        assert not reponse.cookies
    recue = Reponse.objects.get()
    assert (recue.position, recue.recue_le) == ("desaccord", jour_de())
    assert set(recue.valeurs.values_list("nombre", "texte")) == {
        (4, ""), (2, ""), (None, "Le panneau était trop petit."),
    }  # fmt: skip
    assert not Voix.objects.exists()


def test_even_somebody_signed_in_gets_no_cookie_and_is_nobody(questionnaire, agent_a):
    client = client_de(agent_a)
    lue = client.get(questionnaire.get_absolute_url())
    envoyee = repondre(questionnaire, client, position="accord")
    assert "Set-Cookie" not in lue.headers
    assert "Set-Cookie" not in envoyee.headers
    assert agent_a.email not in html(lue)
    colonnes = {champ.name for champ in (*Reponse._meta.fields, *ValeurReponse._meta.fields)}
    assert not colonnes & {"utilisateur", "par", "auteur", "ip", "adresse", "cookie", "session"}


def test_the_page_says_what_where_until_when_and_who_reads(questionnaire):
    texte = html(Client().get(questionnaire.get_absolute_url()))
    test = questionnaire.test
    for attendu in (test.titre, "En test", str(test.organisation), test.hypothese, "minute"):
        assert attendu in texte


def test_words_with_consent_are_a_voice_and_without_stay_with_the_team(questionnaire):
    repondre(questionnaire, position="nuance", mots="Mieux.", fonction="parent", consentement="on")
    repondre(questionnaire, mots="Bof.")
    dite, tue = Voix.objects.order_by("pk")
    assert (dite.texte, dite.fonction, dite.consentement) == ("Mieux.", "parent", True)
    assert (dite.origine, dite.position) == ("questionnaire", "nuance")
    assert dite.reponse is not None
    assert (tue.texte, tue.consentement) == ("Bof.", False)
    assert tue.fonction


def test_nothing_at_all_is_no_answer(questionnaire):
    vide = repondre(questionnaire, fonction="habitante")
    assert vide.status_code == 422
    assert "une question au moins" in html(vide)
    assert 'value="habitante"' in html(vide)
    assert not Reponse.objects.exists()


def test_a_question_the_team_expects_is_asked_again_and_the_words_stay(questionnaire):
    questionnaire.questions.filter(type="echelle").update(obligatoire=True)
    refusee = repondre(questionnaire, mots="Je garde mes mots.")
    assert refusee.status_code == 422
    assert "Je garde mes mots." in html(refusee)
    assert not Reponse.objects.exists()


def test_a_mail_or_a_phone_number_is_never_published(questionnaire):
    for mots in ("Écrivez-moi : moi@example.org", "Appelez le 06 12 34 56 78"):
        refusee = repondre(questionnaire, mots=mots, consentement="on")
        assert refusee.status_code == 422
        assert "serait public" in html(refusee)
        assert repondre(questionnaire, mots=mots).status_code == 302
    assert not Voix.objects.filter(consentement=True).exists()


def test_a_double_click_is_one_answer(questionnaire):
    envoi = str(uuid.uuid4())
    deux = [repondre(questionnaire, envoi=envoi, position="accord", mots="Oui.") for _ in range(2)]
    assert {reponse.status_code for reponse in deux} == {302}
    assert deux[0]["Location"] == deux[1]["Location"]
    assert Reponse.objects.count() == Voix.objects.count() == 1


def test_the_next_person_of_a_shared_computer_who_went_back_is_another_answer(questionnaire):
    envoi = str(uuid.uuid4())
    for mots in ("Je suis la première.", "Je suis la seconde."):
        assert repondre(questionnaire, envoi=envoi, mots=mots).status_code == 302
    assert Reponse.objects.count() == 2


def test_who_fills_the_trap_is_thanked_and_nothing_is_kept(questionnaire):
    piege = repondre(
        questionnaire, mots="Achetez !", consentement="on", site_web="http://x.example"
    )
    vrai = repondre(questionnaire, mots="Merci.")
    assert (piege.status_code, vrai.status_code) == (302, 302)
    assert html(Client().get(piege["Location"])) == html(Client().get(vrai["Location"]))
    assert list(Voix.objects.values_list("texte", flat=True)) == ["Merci."]


@pytest.mark.parametrize(
    ("ouvert", "ferme", "mot"), [(-10, -1, "fermé depuis"), (1, 9, "ouvre le")]
)
def test_the_dates_alone_open_and_close(questionnaire, ouvert, ferme, mot):
    questionnaire.ouvert_le = jour_de() + dt.timedelta(days=ouvert)
    questionnaire.ferme_le = jour_de() + dt.timedelta(days=ferme)
    questionnaire.save()
    assert mot in html(Client().get(questionnaire.get_absolute_url()))
    refusee = repondre(questionnaire, mots="Trop tard, mais à garder.")
    assert refusee.status_code == 410
    assert "Trop tard, mais à garder." in html(refusee)
    assert not Reponse.objects.exists()


def test_its_last_day_still_counts_and_the_day_after_no_more(questionnaire):
    dernier = timezone.now() + dt.timedelta(days=(questionnaire.ferme_le - jour_de()).days)
    assert questionnaire.obstacle(dernier) == ""
    assert questionnaire.obstacle(dernier + dt.timedelta(days=1))


@pytest.mark.parametrize("etat", ["preparation", "evalue"])
def test_it_waits_for_the_start_and_ends_with_the_evaluation(en_etat, etat, organisation_a):
    test = en_etat(etat)
    questionnaire = un_questionnaire(test)
    assert questionnaire.obstacle()
    assert repondre(questionnaire, mots="Perdu ?").status_code == 410


def test_an_ended_test_still_hears_people(en_etat):
    questionnaire = un_questionnaire(en_etat("a_evaluer"))
    assert repondre(questionnaire, mots="J'y étais.").status_code == 302


@pytest.mark.parametrize("jeton", ["inconnu", "a" * 5000, "%00", "é"])
def test_an_unknown_link_says_so(db, jeton):
    page = Client().get(f"/v/{jeton}/")
    assert page.status_code == 404
    assert "ne mène à aucun questionnaire" in html(page)


def test_a_hidden_question_is_not_asked(questionnaire):
    question = la_question(questionnaire, "echelle")
    question.montrer(False)
    assert question.libelle not in html(Client().get(questionnaire.get_absolute_url()))
    repondre(questionnaire, **{f"q{question.pk}": "4"}, position="accord")
    assert not ValeurReponse.objects.exists()


def test_questions_changed_meanwhile_are_shown_again_with_the_same_answers(questionnaire):
    vue = page(questionnaire)
    partie = la_question(questionnaire, "texte")
    restee = la_question(questionnaire, "echelle")
    donnees = {**vue, f"q{partie.pk}": "Mots orphelins", f"q{restee.pk}": "5", "mots": "Les miens"}
    partie.delete()
    reprise = Client().post(questionnaire.get_absolute_url(), donnees)
    assert reprise.status_code == 409
    for garde in ("Mots orphelins", "Les miens", 'value="5"', "checked"):
        assert garde in html(reprise)
    assert not Reponse.objects.exists()
    donnees["version"] = questionnaire.version()
    assert Client().post(questionnaire.get_absolute_url(), donnees).status_code == 302
    assert Reponse.objects.count() == 1


@pytest.mark.parametrize(
    "champs",
    [
        {"mots": "a\x00b"},
        {"mots": "x" * 2001},
        {"position": "<script>"},
        {"fonction": "f" * 161, "mots": "ok"},
    ],
    ids=["nul", "trop-long", "autre-choix", "fonction-longue"],
)
def test_hostile_input_is_refused_in_words(questionnaire, champs):
    assert repondre(questionnaire, **champs).status_code == 422
    assert not Reponse.objects.exists()


def test_a_damaged_page_still_answers_and_html_stays_text(questionnaire, agent_a):
    mechant = "<img src=x onerror=alert(1)>"
    assert repondre(questionnaire, envoi="pas-un-uuid", mots=mechant).status_code == 302
    equipe = client_de(agent_a).get(f"/tests/{questionnaire.test.pk}/voix/").content.decode()
    assert "<img src=x" not in equipe
    assert "&lt;img src=x" in equipe


def test_its_author_takes_the_words_back_by_the_link_of_the_thanks(questionnaire):
    texte = la_question(questionnaire, "texte")
    envoyee = repondre(
        questionnaire,
        position="desaccord", mots="Je regrette.", consentement="on", **{f"q{texte.pk}": "Aussi"},
    )  # fmt: skip
    repris = Client().post(envoyee["Location"])
    assert "retirés" in html(repris)
    assert not Voix.objects.exists()
    assert Reponse.objects.get().position == "desaccord"
    assert not ValeurReponse.objects.exclude(texte="").exists()
    assert "la personne qui l'avait donnée" in questionnaire.test.journal.last().libelle
    assert Client().post(envoyee["Location"]).status_code == 200
    # Somebody else's, or nobody's: the same page, nothing more.
    assert Client().post(f"/v/{questionnaire.jeton}/merci/{uuid.uuid4()}/").status_code == 200


def test_search_engines_and_caches_keep_nothing(questionnaire):
    lue = Client().get(questionnaire.get_absolute_url())
    assert "noindex" in lue["X-Robots-Tag"]
    assert "no-store" in lue["Cache-Control"]
