"""Personal links do not enter the logs."""

import logging
import re
import subprocess
import sys
import urllib.parse

import pytest
from django.test import Client
from django.urls import get_resolver

from config.journaux import sans_jeton

JETON = "MQ:1abcde:une-signature_Longue"
LIENS = [
    f"/accords/{JETON}/",
    f"/invitations/{JETON}/",
    f"/compte/password/reset/key/3-{JETON}/",
    f"/compte/confirm-email/{JETON}/",
    f"/annuaire/accord/{JETON}/",
    f"/rappels/choix/{JETON}/",
    f"/engagement/moi/{JETON}/",
    f"/engagement/besoins/suivre/{JETON}/",
]


def _chemins(motifs, debut="/"):
    for motif in motifs:
        chemin = debut + str(motif.pattern)
        if hasattr(motif, "url_patterns"):
            yield from _chemins(motif.url_patterns, chemin)
        else:
            yield chemin


def test_every_address_that_holds_a_token_is_known_to_the_filter():
    personnels = [c for c in _chemins(get_resolver().url_patterns) if "jeton>" in c]
    assert len(personnels) >= 7
    for chemin in personnels:
        assert JETON not in sans_jeton(re.sub(r"<[^>]+>", JETON, chemin)), chemin


@pytest.mark.parametrize("lien", LIENS)
@pytest.mark.parametrize(
    "ligne",
    [
        "Not Found: {}",
        '"GET {} HTTP/1.1" 200 5124',
        '"GET {}?suite=1 HTTP/1.1" 200 12 "https://exemple.fr{}" "Mozilla/5.0"',
        "GET /compte/login/?next={}",
    ],
)
def test_what_follows_the_beginning_of_a_personal_link_is_hidden(ligne, lien):
    for ecrit in (lien, urllib.parse.quote(lien, safe="")):
        texte = sans_jeton(ligne.format(ecrit, ecrit))
        assert "signature" not in texte
        assert "[…]" in texte


@pytest.mark.parametrize(
    "ligne",
    ['"GET /pistes/?q=accords HTTP/1.1" 200 512', "Not Found: /tests/12/accords", "50 % de trop"],
)
def test_the_rest_stays_as_it_is(ligne):
    assert sans_jeton(ligne) == ligne


def test_addresses_in_a_query_are_hidden_too():
    ligne = sans_jeton("GET /compte/signup/?next=%2F&email=une%40exemple.fr HTTP/1.1")
    assert ligne == "GET /compte/signup/?next=%2F&email=[…] HTTP/1.1"


@pytest.mark.django_db
def test_djangos_own_warnings_go_through_the_filter(caplog):
    with caplog.at_level(logging.WARNING):
        assert Client().get(f"/invitations/{JETON}/").status_code == 404
        Client(enforce_csrf_checks=True).post(f"/accords/{JETON}/")
    assert len(caplog.records) >= 2
    assert "signature" not in caplog.text


@pytest.mark.parametrize("nom", ["gunicorn.access", "gunicorn.error"])
def test_gunicorns_two_logs_go_through_the_filter(nom):
    # In a process of its own: gunicorn takes over the handlers of the loggers it names.
    programme = (
        "import logging\n"
        "from gunicorn.config import Config\n"
        "from config.journaux import JournalGunicorn\n"
        "cfg = Config(); cfg.set('accesslog', '-')\n"
        "journal = JournalGunicorn(cfg); journal.setup(cfg)\n"
        f"logging.getLogger({nom!r}).info('%(r)s', {{'r': 'GET {LIENS[0]} HTTP/1.1'}})\n"
    )
    sortie = subprocess.run(
        [sys.executable, "-c", programme], capture_output=True, text=True, check=True
    )
    assert (sortie.stdout + sortie.stderr).count("GET /accords/[…] HTTP/1.1") == 1
