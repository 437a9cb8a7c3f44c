"""``/rappels/``: the queue, its age, its failures, and sending again."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from rappels.models import Message
from tests.conftest import client_de

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(administrateur):
    client = client_de(administrateur)
    return lambda **filtre: client.get("/rappels/", filtre).content.decode()


@pytest.fixture
def messages(planifier):
    """One waiting for two hours, one failed, one sent."""
    planifier("attend", prevu_le=timezone.now() - dt.timedelta(hours=2))
    planifier("echec")
    planifier("parti")
    Message.objects.filter(cle="essai:echec").update(
        etat="echoue", derniere_erreur="550 Boîte inconnue", tentatives=9
    )
    Message.objects.filter(cle="essai:parti").update(etat="envoye", envoye_le=timezone.now())


def test_it_says_depth_age_and_the_words_of_the_server(page, messages):
    html = page()
    assert '<span class="chiffre">1</span> <a href="?etat=prevu">Prévu</a>' in html
    assert '<span class="chiffre">1</span> <a href="?etat=echoue">Échoué</a>' in html
    assert "attend depuis 2\xa0heures" in html
    assert "550 Boîte inconnue" in html
    assert "Aucun message" in page(adresse="personne")


@pytest.mark.parametrize(
    ("filtre", "attendus"),
    [
        ({"etat": "echoue"}, {"echec"}),
        ({"genre": "essai"}, {"attend", "echec", "parti"}),
        ({"genre": "invitation"}, set()),
        ({"adresse": "ATTEND@"}, {"attend"}),
        ({"etat": "echoue", "adresse": "attend"}, set()),
        ({"etat": "nimporte", "page": "zéro"}, {"attend", "echec", "parti"}),
    ],
)
def test_one_filters_by_state_and_kind_and_searches_an_address(page, messages, filtre, attendus):
    html = page(**filtre)
    assert {
        n for n in ("attend", "echec", "parti") if f"<strong>{n}@exemple.fr" in html
    } == attendus


def test_one_failure_is_sent_again_once_and_the_log_says_by_whom(administrateur, messages):
    client = client_de(administrateur)
    echec = Message.objects.get(cle="essai:echec")
    for attendu in ("Remis en partance : 1", "rien à renvoyer"):
        reponse = client.post(
            "/rappels/renvoyer/", {"message": echec.pk, "etat": "echoue"}, follow=True
        )
        assert attendu in reponse.content.decode()
    assert reponse.redirect_chain[-1][0] == "/rappels/?etat=echoue"
    echec.refresh_from_db()
    assert (echec.etat, echec.tentatives) == ("prevu", 0)
    assert LogEntry.objects.get().user == administrateur


def test_all_failures_of_the_filter_are_sent_again_and_no_other(administrateur, planifier):
    for local in ("un", "deux", "autre"):
        planifier(local)
    Message.objects.update(etat="echoue")
    planifier("parti")
    Message.objects.filter(cle="essai:parti").update(etat="envoye")
    client_de(administrateur).post("/rappels/renvoyer/", {"adresse": "u"})
    etats = dict(Message.objects.values_list("cle", "etat"))
    assert etats == {
        "essai:un": "prevu",
        "essai:deux": "prevu",
        "essai:autre": "prevu",
        "essai:parti": "envoye",
    }


def test_only_what_the_filter_names_is_sent_again(administrateur, planifier):
    for local in ("un", "deux"):
        planifier(local)
    Message.objects.update(etat="echoue")
    client_de(administrateur).post("/rappels/renvoyer/", {"adresse": "deux@"})
    assert Message.objects.get(cle="essai:un").etat == "echoue"
    assert Message.objects.get(cle="essai:deux").etat == "prevu"


def test_an_erased_address_has_no_button(page, messages, administrateur):
    Message.objects.filter(etat="echoue").update(destinataire="")
    html = page(etat="echoue")
    assert "adresse effacée" in html
    assert 'name="message"' not in html


@pytest.mark.parametrize("role", ["visiteur", "habitant", "referent_a", "curateur"])
def test_nobody_else_reads_it_nor_sends_again(clients, messages, role):
    reponse = clients[role].get("/rappels/")
    assert reponse.status_code == (302 if role == "visiteur" else 403)
    clients[role].post("/rappels/renvoyer/", {})
    assert Message.objects.get(cle="essai:echec").etat == "echoue"


def test_a_long_queue_comes_by_pages_at_the_same_cost(
    page, planifier, django_assert_max_num_queries
):
    planifier("a0")
    with django_assert_max_num_queries(12):
        page()
    for n in range(1, 60):
        planifier(f"a{n}")
    with django_assert_max_num_queries(12):
        html = page(genre="essai")
    assert "60 messages" in html
    assert 'href="?genre=essai&amp;page=2"' in html
    assert "page 2 sur 2" in page(genre="essai", page="2")
