"""Proposals: deposited by anyone signed in, told, answered, with a reason they can read."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from pistes.models import Proposition
from pistes.models.proposition import PAR_JOUR
from pistes.redaction import texte_de
from pistes.transitions import TransitionRefusee
from rappels.models import Message
from rappels.registre import peut_se_refuser, redacteur_de
from tests.conftest import client_de
from tests.fabriques import PropositionFactory
from tests.pistes.test_brouillons import COLLAGE

SAISIE = {
    "type": "inspiration",
    "texte": "À Lille, un collectif d'habitantes l'a fait deux ans.",
    "lieu": "Lille",
    "lien": "https://exemple.fr/collectif",
}


def _proposer(user, piste, **champs):
    return client_de(user).post(reverse("pistes:proposer", args=[piste.slug]), SAISIE | champs)


def _repondre(user, proposition, quoi, reponse=""):
    adresse = reverse(f"pistes:{quoi}_proposition", args=[proposition.pk])
    return client_de(user).post(adresse, {"reponse": reponse})


def test_anyone_signed_in_proposes_and_the_curation_is_told(catalogue, agente, curatrice):
    assert _proposer(agente, catalogue.une.piste).url == reverse("pistes:mes_propositions")
    proposition = Proposition.objects.get()
    assert (proposition.auteur, proposition.etat, proposition.lieu) == (agente, "attend", "Lille")
    message = Message.objects.get()
    assert (message.genre, message.destinataire) == ("proposition_deposee", curatrice.email)
    assert peut_se_refuser(message.genre)  # may be gathered in a digest
    courriel = redacteur_de(message.genre)(message)
    assert "Piste 1" in courriel.objet
    assert "Lille" in courriel.texte


def test_a_visitor_signs_in_first(client, catalogue):
    adresse = reverse("pistes:proposer", args=[catalogue.une.piste.slug])
    assert reverse("account_login") in client.get(adresse).url


def test_the_piste_page_leads_to_the_form(client, catalogue):
    page = client.get(catalogue.une.get_absolute_url()).content.decode()
    assert reverse("pistes:proposer", args=[catalogue.une.piste.slug]) in page


@pytest.mark.parametrize(
    "faute",
    [
        {"texte": ""},
        {"texte": "   "},
        {"texte": "nul \x00"},
        {"texte": COLLAGE},
        {"type": "autre"},
        {"lieu": "x" * 121},
        {"lien": "http://192.168.1.1/admin"},
        {"lien": "javascript:alert(1)"},
    ],
)
def test_a_faulty_proposal_is_refused_in_words_and_kept_in_the_form(catalogue, agente, faute):
    reponse = _proposer(agente, catalogue.une.piste, **faute)
    assert reponse.status_code == 422
    assert "Rien n&#x27;est perdu" in reponse.content.decode() or "Rien n'est perdu" in (
        reponse.content.decode()
    )
    assert not Proposition.objects.exists()
    assert not Message.objects.exists()


def test_the_same_proposal_sent_twice_is_one(catalogue, agente, curatrice):
    _proposer(agente, catalogue.une.piste)
    _proposer(agente, catalogue.une.piste)
    assert Proposition.objects.count() == 1
    assert Message.objects.count() == 1


def test_past_the_days_limit_one_is_told_and_keeps_the_text(catalogue, agente):
    for n in range(PAR_JOUR):
        _proposer(agente, catalogue.une.piste, texte=f"Proposition {n}")
    reponse = _proposer(agente, catalogue.une.piste, texte="Celle de trop")
    assert reponse.status_code == 422
    assert "en 24 heures" in reponse.content.decode()
    assert "Celle de trop" in reponse.content.decode()
    Proposition.objects.update(deposee_le=timezone.now() - dt.timedelta(days=2))
    assert _proposer(agente, catalogue.une.piste, texte="Celle du lendemain").status_code == 302


def test_the_queue_shows_the_oldest_first_page_by_page(catalogue, curatrice):
    maintenant = timezone.now()
    for n in range(25):
        PropositionFactory(
            piste=catalogue.une.piste,
            texte=f"texte-{n:02}",
            deposee_le=maintenant - dt.timedelta(days=30 - n),
        )
    client = client_de(curatrice)
    page = client.get(reverse("pistes:propositions"))
    html = page.content.decode()
    assert html.index("texte-00") < html.index("texte-19")
    assert "texte-20" not in html
    assert "attend depuis" in html
    suite = client.get(reverse("pistes:propositions") + page.context["suivante"]).content.decode()
    assert "texte-20" in suite
    assert "texte-24" in suite
    assert "texte-19" not in suite


def test_the_queue_costs_the_same_with_1_and_20(
    catalogue, curatrice, django_assert_max_num_queries
):
    client = client_de(curatrice)
    for nombre in (1, 19):
        for _ in range(nombre):
            PropositionFactory(piste=catalogue.une.piste)
        with django_assert_max_num_queries(7):
            client.get(reverse("pistes:propositions"))


def test_an_accepted_inspiration_opens_a_draft_that_holds_it(catalogue, agente, curatrice):
    _proposer(agente, catalogue.une.piste)
    proposition = Proposition.objects.get()
    reponse = _repondre(curatrice, proposition, "accepter", "Merci, bel exemple.")
    brouillon = catalogue.une.piste.editions.brouillons().pour_redaction().get()
    assert reponse.url == brouillon.get_edit_url()
    inspirations = texte_de(brouillon).inspirations
    assert [i.lieu for i in inspirations] == ["Lille", "Lille"]
    assert inspirations[1].lien == SAISIE["lien"]
    assert inspirations[1].titre.startswith("À Lille")
    assert brouillon.auteur == curatrice
    proposition.refresh_from_db()
    assert (proposition.etat, proposition.traitee_par) == ("acceptee", curatrice)
    assert "Merci, bel exemple." in (
        client_de(agente).get(reverse("pistes:mes_propositions")).content.decode()
    )


@pytest.mark.parametrize("type_", ["correction", "retour"])
def test_the_others_are_accepted_without_a_draft(catalogue, curatrice, type_):
    proposition = PropositionFactory(piste=catalogue.une.piste, type=type_)
    assert _repondre(curatrice, proposition, "accepter").url == reverse("pistes:propositions")
    assert catalogue.une.piste.editions.count() == 1


def test_a_refusal_without_a_reason_is_not_one(catalogue, curatrice):
    proposition = PropositionFactory(piste=catalogue.une.piste)
    reponse = _repondre(curatrice, proposition, "refuser", "  ")
    assert reponse.status_code == 409
    assert "pourquoi sa proposition est refusée" in reponse.content.decode()
    proposition.refresh_from_db()
    assert proposition.etat == "attend"


@pytest.mark.parametrize(
    ("quoi", "mots"), [("accepter", "Bien vu."), ("refuser", "Cela existe déjà dans la piste 12.")]
)
def test_the_proposer_gets_the_answer_by_mail_and_on_their_page(
    catalogue, agente, curatrice, quoi, mots
):
    _proposer(agente, catalogue.une.piste, type="correction")
    _repondre(curatrice, Proposition.objects.get(), quoi, mots)
    assert Message.objects.get(genre="proposition_deposee").etat == "annule"
    message = Message.objects.get(genre="proposition_repondue")
    assert message.destinataire == agente.email
    courriel = redacteur_de(message.genre)(message)
    assert mots in courriel.texte
    assert mots in courriel.html
    assert mots in client_de(agente).get(reverse("pistes:mes_propositions")).content.decode()


def test_somebody_elses_answers_are_not_on_my_page(catalogue, agente, habitant):
    PropositionFactory(piste=catalogue.une.piste, auteur=habitant, texte="Pas à moi")
    page = client_de(agente).get(reverse("pistes:mes_propositions")).content.decode()
    assert "Pas à moi" not in page


def test_the_second_answer_is_told_who_gave_the_first(catalogue, curatrice, relectrice):
    proposition = PropositionFactory(piste=catalogue.une.piste)
    _repondre(relectrice, proposition, "refuser", "Déjà dans la piste.")
    reponse = _repondre(curatrice, proposition, "accepter", "Oui !")
    assert reponse.status_code == 409
    assert "par Relectrice" in reponse.content.decode()
    assert "Oui !" in reponse.content.decode()
    assert not catalogue.une.piste.editions.brouillons().exists()


def test_a_double_click_on_accept_makes_one_draft(catalogue, curatrice):
    proposition = PropositionFactory(piste=catalogue.une.piste)
    _repondre(curatrice, proposition, "accepter")
    _repondre(curatrice, proposition, "accepter")
    assert catalogue.une.piste.editions.brouillons().count() == 1
    assert Message.objects.filter(genre="proposition_repondue").count() == 1


def test_nobody_else_answers(catalogue, agente, administratrice):
    proposition = PropositionFactory(piste=catalogue.une.piste)
    for user in (agente, administratrice):
        assert _repondre(user, proposition, "refuser", "Non.").status_code == 403
        with pytest.raises(PermissionDenied):
            proposition.refuser(par=user, reponse="Non.")


def test_the_proposal_of_an_erased_account_stays_without_a_name(catalogue, agente, curatrice):
    _proposer(agente, catalogue.une.piste)
    agente.supprimer()
    proposition = Proposition.objects.get()
    assert proposition.auteur is None
    _repondre(curatrice, proposition, "refuser", "Sans suite.")
    assert not Message.objects.filter(genre="proposition_repondue").exists()
    page = client_de(curatrice).get(proposition.get_absolute_url()).content.decode()
    assert "compte est supprimé" in page


def test_the_space_of_a_curateur_counts_what_waits(catalogue, curatrice, agente):
    PropositionFactory(piste=catalogue.une.piste)
    page = client_de(curatrice).get("/mon-espace/").content.decode()
    assert "1 proposition en attente" in page
    assert "Curation du catalogue" not in client_de(agente).get("/mon-espace/").content.decode()


def test_the_limit_is_the_models_own(catalogue, agente):
    for n in range(PAR_JOUR):
        Proposition.deposer(
            par=agente, piste=catalogue.une.piste, type="retour", texte=f"Retour {n}"
        )
    with pytest.raises(TransitionRefusee):
        Proposition.deposer(par=agente, piste=catalogue.une.piste, type="retour", texte="Encore")
