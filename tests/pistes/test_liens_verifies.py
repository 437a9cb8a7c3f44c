"""The weekly round of visits, and what readers and curateur·rices are told of it."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from config.celery import app
from pistes import tasks
from pistes.liens import tournee
from pistes.liens.visite import Constat
from pistes.models import LienVerifie
from pistes.redaction import InspirationEcrite
from tests.pistes.conftest import ajouter_piste
from tests.pistes.serveur_essai import servir

LE_12 = dt.datetime(2026, 10, 12, 2, 30, tzinfo=dt.UTC)


@pytest.fixture
def serveur():
    with servir() as en_marche:
        yield en_marche


def _piste(recueil, rang, *liens, **champs):
    inspirations = [InspirationEcrite(f"Lieu {n}", lien=lien) for n, lien in enumerate(liens)]
    return ajouter_piste(recueil, rang, inspirations=inspirations, **champs)


def _aller(serveur, at=LE_12, **options):
    return tournee.verifier(reseau=serveur.reseau, at=at, pause=0, **options)


def test_only_the_links_of_public_texts_are_visited(recueil, serveur):
    _piste(recueil, 1, "http://un.fr/a", "", "http://deux.fr/b")
    _piste(recueil, 2, "http://un.fr/a")
    _piste(recueil, 3, "http://secret.fr/", publiee=False)
    serveur.reponses |= {"/a": 200, "/b": 404}
    bilan = _aller(serveur)
    assert (bilan.visites, bilan.morts) == (2, 1)
    assert {e["Host"] for _, _, e in serveur.demandes} == {"un.fr", "deux.fr"}
    bon, mort = LienVerifie.objects.order_by("adresse").reverse()
    assert (bon.repond_le, bon.verifie_le, bon.statut, bon.repond) == (LE_12, LE_12, 200, True)
    assert (mort.repond_le, mort.verifie_le, mort.statut) == (None, LE_12, 404)


def test_a_link_is_visited_once_a_week_and_a_new_one_the_next_night(recueil, serveur):
    _piste(recueil, 1, "http://un.fr/a")
    assert _aller(serveur).visites == 1
    _piste(recueil, 2, "http://deux.fr/a")
    assert _aller(serveur, LE_12 + dt.timedelta(days=1)).visites == 1
    assert _aller(serveur, LE_12 + dt.timedelta(days=6)).visites == 0
    assert _aller(serveur, LE_12 + dt.timedelta(days=7)).visites == 1
    assert _aller(serveur, LE_12 + dt.timedelta(days=7), tous=True).visites == 2


def test_a_link_no_text_cites_any_more_is_forgotten(recueil, serveur):
    edition = _piste(recueil, 1, "http://un.fr/a")
    _aller(serveur)
    edition.inspirations.update(lien="http://deux.fr/a")
    _aller(serveur)
    assert list(LienVerifie.objects.values_list("adresse", flat=True)) == ["http://deux.fr/a"]


def test_one_site_is_visited_one_link_at_a_time_with_a_pause(recueil, serveur, monkeypatch):
    pauses = []
    monkeypatch.setattr(tournee.time, "sleep", pauses.append)
    _piste(recueil, 1, "http://un.fr/a", "http://www.un.fr/b", "http://un.fr/c", "http://deux.fr/d")
    tournee.verifier(reseau=serveur.reseau, pause=7)
    assert pauses == [7, 7]


def test_a_round_has_an_end(recueil, serveur, monkeypatch):
    monkeypatch.setattr(tournee, "DUREE", -1.0)
    _piste(recueil, 1, "http://un.fr/a")
    assert _aller(serveur).visites == 0
    assert LienVerifie.objects.get().verifie_le is None


def test_when_nothing_answers_at_all_our_own_network_is_blamed(recueil, serveur):
    _piste(recueil, 1, *[f"http://site{n}.fr/" for n in range(5)])
    serveur.noms |= {f"site{n}.fr": [] for n in range(5)}
    assert _aller(serveur).sans_reseau
    assert not LienVerifie.objects.exclude(verifie_le=None).exists()


def test_two_rounds_at_once_make_one(recueil, serveur):
    _piste(recueil, 1, "http://un.fr/a")
    tournee.cache.add(tournee.VERROU, True, 60)
    assert _aller(serveur).visites == 0
    tournee.cache.delete(tournee.VERROU)
    assert _aller(serveur).visites == 1


def test_the_task_is_on_the_schedule_and_the_command_speaks(recueil, monkeypatch, capsys):
    assert "pistes.tasks.verifier_les_liens" in {
        ligne["task"] for ligne in app.conf.beat_schedule.values()
    }
    monkeypatch.setattr(tournee, "visiter", lambda adresse, reseau: Constat(True, 200))
    _piste(recueil, 1, "http://un.fr/a")
    assert tasks.verifier_les_liens() == 1
    call_command("verifier_liens")
    assert "Liens visités : 0" in capsys.readouterr().out
    call_command("verifier_liens", "--tous")
    assert "Liens visités : 1, sans réponse : 0" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("verifie", "repond", "phrase"),
    [
        (None, None, ""),
        (LE_12, LE_12, "répondait le 12 octobre 2026"),
        # One missed visit may be one bad night; two are not.
        (LE_12 + dt.timedelta(days=7), LE_12, "répondait le 12 octobre 2026"),
        (LE_12 + dt.timedelta(days=14), LE_12, "ne répond plus depuis le 12 octobre 2026"),
        (LE_12, None, "ne répondait pas le 12 octobre 2026"),
    ],
)
def test_readers_are_told_the_last_day_a_link_answered(client, recueil, verifie, repond, phrase):
    edition = _piste(recueil, 1, "http://un.fr/a")
    LienVerifie.objects.create(adresse="http://un.fr/a", verifie_le=verifie, repond_le=repond)
    page = client.get(edition.get_absolute_url()).content.decode()
    assert f"(autre site{', ' if phrase else ''}{phrase})" in page


def test_the_day_is_a_day_in_paris(recueil):
    lien = LienVerifie(verifie_le=dt.datetime(2026, 10, 11, 22, 30, tzinfo=dt.UTC))
    lien.repond_le = lien.verifie_le
    assert lien.phrase == "répondait le 12 octobre 2026"


def test_curateurs_see_the_links_that_no_longer_answer(clients, recueil, serveur):
    _piste(recueil, 1, "http://mort.fr/page", titre="Première")
    _piste(recueil, 2, "http://mort.fr/page", "http://vif.fr/", titre="Seconde")
    serveur.reponses["/"] = 200
    _aller(serveur, timezone.now())
    page = clients["curateur"].get(reverse("pistes:liens")).content.decode()
    assert "http://mort.fr/page" in page
    assert "http://vif.fr/" not in page
    assert "n&#x27;existe plus" in page
    assert "Modifier « Première »" in page
    assert "Modifier « Seconde »" in page
    for role, statut in (("visiteur", 302), ("agent_a", 403), ("administrateur", 403)):
        assert clients[role].get(reverse("pistes:liens")).status_code == statut


def test_without_a_dead_link_the_list_says_so(clients, db):
    page = clients["curateur"].get(reverse("pistes:liens")).content.decode()
    assert "Tous les liens essayés répondent" in page


def test_the_list_of_dead_links_is_bounded(clients, recueil, django_assert_max_num_queries):
    liens = [f"http://mort{n}.fr/" for n in range(120)]
    for rang in range(1, 4):
        _piste(recueil, rang, *liens[(rang - 1) * 40 : rang * 40])
    LienVerifie.objects.bulk_create(LienVerifie(adresse=a, verifie_le=LE_12) for a in liens)
    with django_assert_max_num_queries(10):
        page = clients["curateur"].get(reverse("pistes:liens")).content.decode()
    assert page.count("lien-muet") == 100
    assert "Il y en a d'autres" in page


def test_a_new_link_goes_before_those_that_were_visited(recueil, serveur, monkeypatch):
    monkeypatch.setattr(tournee, "PAR_TOURNEE", 1)
    _piste(recueil, 1, "http://un.fr/a")
    assert _aller(serveur).visites == 1
    _piste(recueil, 2, "http://deux.fr/a")
    _aller(serveur, LE_12 + dt.timedelta(days=8))
    assert LienVerifie.objects.get(adresse="http://deux.fr/a").verifie_le is not None
