"""One visit of one link, against a real server: polite, bounded, and only on the public internet."""

import time

import pytest

from pistes.liens import visite
from pistes.liens.reseau import Reseau
from pistes.liens.visite import visiter
from tests.pistes.serveur_essai import PUBLIQUE, servir, vers


@pytest.fixture
def serveur():
    with servir() as en_marche:
        yield en_marche


def test_a_page_that_answers_is_asked_once_with_head_and_a_name_to_call_back(serveur, settings):
    settings.ADRESSE_PUBLIQUE = "https://reflexes.example"
    serveur.reponses["/a?b=%C3%A9"] = 200
    constat = visiter("http://exemple.fr/a?b=é", serveur.reseau)
    assert (constat.repond, constat.statut, constat.raison) == (True, 200, "")
    ((methode, chemin, entetes),) = serveur.demandes
    assert (methode, chemin) == ("HEAD", "/a?b=%C3%A9")
    assert entetes["Host"] == "exemple.fr"
    assert "+https://reflexes.example/" in entetes["User-Agent"]


@pytest.mark.parametrize("refus", [400, 403, 404, 405, 501])
def test_a_server_that_refuses_head_is_asked_for_its_first_bytes(serveur, refus):
    def repondre(poignee):
        if poignee.command == "HEAD":
            poignee.send_response(refus)
            poignee.end_headers()
            return
        poignee.send_response(206)
        poignee.end_headers()
        poignee.wfile.write(b"x" * 1024)

    serveur.reponses["/"] = repondre
    assert visiter("http://exemple.fr", serveur.reseau).repond
    assert [methode for methode, _, _ in serveur.demandes] == ["HEAD", "GET"]
    assert serveur.demandes[1][2]["Range"] == "bytes=0-1023"


def test_an_endless_page_is_left_after_its_first_bytes(serveur):
    def sans_fin(poignee):
        if poignee.command == "HEAD":
            poignee.send_error(405)
            return
        poignee.send_response(200)
        poignee.end_headers()
        try:
            while True:
                poignee.wfile.write(b"x" * 65536)
        except OSError:
            pass

    serveur.reponses["/"] = sans_fin
    debut = time.monotonic()
    assert visiter("http://exemple.fr/", serveur.reseau).repond
    assert time.monotonic() - debut < 5


@pytest.mark.parametrize(
    ("statut", "repond", "mots"),
    [
        (404, False, "n'existe plus"),
        (410, False, "n'existe plus"),
        (500, False, "en panne"),
        (403, True, "robots"),
        (429, True, "robots"),
        (304, False, "autre chose"),
    ],
)
def test_what_the_server_says_is_told_in_words(serveur, statut, repond, mots):
    serveur.reponses["/"] = statut
    constat = visiter("http://exemple.fr/", serveur.reseau)
    assert (constat.repond, constat.statut) == (repond, statut)
    assert mots in constat.raison


def test_redirects_are_followed_five_times_and_no_more(serveur):
    for n in range(9):
        serveur.reponses[f"/{n}"] = vers(f"/{n + 1}", 301 + n % 2)
    serveur.reponses["/9"] = 200
    assert visiter("http://exemple.fr/4", serveur.reseau).repond
    constat = visiter("http://exemple.fr/3", serveur.reseau)
    assert not constat.repond
    assert "sans fin" in constat.raison


def test_a_redirect_to_another_public_site_is_followed(serveur):
    serveur.reponses["/"] = vers("http://ailleurs.fr/page")
    serveur.reponses["/page"] = 200
    assert visiter("http://exemple.fr/", serveur.reseau).repond
    assert serveur.demandes[-1][2]["Host"] == "ailleurs.fr"


INTERDITES = [
    "127.0.0.1", "10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1", "::1", "::", "fc00::1",
    "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "2001:0:53aa:64c::1", "2001:db8::1", "pas-une-adresse",
]  # fmt: skip


@pytest.mark.parametrize("adresse", INTERDITES)
def test_a_name_that_leads_to_a_private_address_is_never_called(serveur, adresse):
    serveur.noms["piege.fr"] = [adresse]
    constat = visiter("http://piege.fr/", serveur.reseau)
    assert not constat.repond
    assert "réseau privé" in constat.raison
    assert serveur.connexions == []


def test_one_private_address_among_public_ones_is_enough_to_refuse(serveur):
    serveur.noms["piege.fr"] = [PUBLIQUE, "10.0.0.1"]
    assert not visiter("http://piege.fr/", serveur.reseau).repond
    assert serveur.connexions == []


def test_the_connection_goes_to_the_address_that_was_judged(serveur):
    """DNS rebinding: the name answers something else the second time; nobody asks a second time."""
    reponses = iter([[PUBLIQUE], ["127.0.0.1"]])
    reseau = Reseau(lambda hote, port: next(reponses), serveur.reseau.connecter)
    serveur.reponses["/"] = 200
    assert visiter("http://piege.fr/", reseau).repond
    assert serveur.connexions == [(PUBLIQUE, 80)]


@pytest.mark.parametrize(
    "suite",
    [
        "http://127.0.0.1/", "http://piege.fr/", "http://[::1]/", "http://2130706433/", "file:///etc/passwd",
        "ftp://exemple.fr/", "gopher://exemple.fr/", "http://exemple.fr:22/", "//piege.fr/x", "http://u:p@exemple.fr/",
        "http://localhost/", "http://intranet/", "http://[", "http://exemple.fr:99999/",
    ],
)  # fmt: skip
def test_each_hop_of_a_redirect_is_judged(serveur, suite):
    serveur.noms["piege.fr"] = ["192.168.0.1"]
    serveur.reponses["/"] = vers(suite)
    constat = visiter("http://exemple.fr/", serveur.reseau)
    assert not constat.repond
    assert [adresse for adresse, _ in serveur.connexions] == [PUBLIQUE]


@pytest.mark.parametrize(
    "adresse", ["http://127.0.0.1/", "http://exemple.fr:8080/", "javascript:alert(1)", "", "x"]
)
def test_a_link_that_should_not_be_there_is_not_visited(serveur, adresse):
    assert not visiter(adresse, serveur.reseau).repond
    assert serveur.connexions == []


def test_the_real_network_refuses_this_very_machine(serveur):
    """Without any replacement: the name localhost, by the real resolver."""
    serveur.reponses["/"] = 200
    assert "réseau privé" in visiter("http://127.0.0.1/").raison
    assert serveur.demandes == []


def test_a_name_that_is_gone_and_a_closed_door_are_told_apart(serveur):
    serveur.noms["parti.fr"] = []
    assert "n'existe plus" in visiter("http://parti.fr/", serveur.reseau).raison

    def fermer(adresse, port, delai):
        raise ConnectionRefusedError

    ferme = Reseau(serveur.reseau.resoudre, fermer)
    assert "échoué" in visiter("http://exemple.fr/", ferme).raison


def test_the_second_address_of_a_name_is_tried_when_the_first_is_down(serveur):
    serveur.noms["double.fr"] = ["2606:2800:21f:cb07:6820:80da:af6b:8b2c", PUBLIQUE]
    ouvrir = serveur.reseau.connecter

    def connecter(adresse, port, delai):
        if ":" in adresse:
            raise OSError("no route")
        return ouvrir(adresse, port, delai)

    serveur.reponses["/"] = 200
    assert visiter("http://double.fr/", Reseau(serveur.reseau.resoudre, connecter)).repond


def test_a_server_that_says_nothing_is_left(serveur, monkeypatch):
    monkeypatch.setattr(visite, "DELAI_LECTURE", 0.2)
    serveur.reponses["/"] = lambda poignee: time.sleep(3)
    debut = time.monotonic()
    assert "à temps" in visiter("http://exemple.fr/", serveur.reseau).raison
    assert time.monotonic() - debut < 2.5


def test_a_server_that_drips_is_left_when_the_budget_is_spent(serveur, monkeypatch):
    """One byte now and then never lets the read time out: the whole visit has its own clock."""
    monkeypatch.setattr(visite, "BUDGET", 0.6)

    def goutte_a_goutte(poignee):
        try:
            for lettre in b"HTTP/1.1 200 OK\r\nX-Lent: " + b"a" * 300:
                poignee.wfile.write(bytes([lettre]))
                poignee.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    serveur.reponses["/"] = goutte_a_goutte
    debut = time.monotonic()
    assert "à temps" in visiter("http://exemple.fr/", serveur.reseau).raison
    assert time.monotonic() - debut < 3


def test_what_is_no_http_is_told_in_words(serveur):
    serveur.reponses["/"] = lambda poignee: poignee.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n")
    assert "échoué" in visiter("http://exemple.fr/", serveur.reseau).raison


def test_https_that_is_not_https_is_told_in_words(serveur):
    assert not visiter("https://exemple.fr/", serveur.reseau).repond
    assert serveur.connexions[0] == (PUBLIQUE, 443)
