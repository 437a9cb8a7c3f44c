"""What nobody types by hand, in every address: a refusal or nothing found, never a breakdown."""

import base64
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from tests.gardes.adresses import ADRESSES, Adresse
from tests.monde import Monde

HOSTILES = {
    "nul": "\x00",
    "apostrophe": "'",
    "tres-long": "a" * 5_000,
    "tres-grand": "9" * 5_000,
    "grand": "9" * 30,
    "pas-un-nombre": "x",
    "chiffre-d-ailleurs": "٣²",
    "negatif": "-1",
}
PARAMETRES = [
    "q", "piste", "programme", "organisation", "etat", "recueil", "orientation", "mot-cle", "apres",
    "page", "avant", "depuis", "jusqua", "territoire", "quoi", "curseur", "taille",
    "enquete", "version", "test", "type", "next", "panier", "sujet", "suite",
]  # fmt: skip
LUES = [adresse for adresse in ADRESSES if adresse.get]
LECTEURS = ("referent_a", "curateur", "administrateur", "agent_b", "agent_a", "habitant")


def curseur(position: str) -> str:
    """A cursor of the API as one would forge it."""
    return base64.b64encode(f"p={position}".encode()).decode()


def lire(client: Client, chemin: str, donnees: dict[str, str]) -> int:
    client.raise_request_exception = False
    reponse = client.get(chemin, donnees)
    if reponse.streaming:
        b"".join(reponse.streaming_content)
    return int(reponse.status_code)


def lecteur(adresse: Adresse, clients: dict[str, Client]) -> Client:
    """Somebody let in, the more rights the better."""
    return clients[next(r for r in LECTEURS if r in adresse.get)]  # type: ignore[operator]


def test_no_parameter_breaks_a_page(clients: dict[str, Client], monde: Monde) -> None:
    casses = []
    for adresse in LUES:
        chemin = reverse(adresse.nom, args=adresse.args(monde))
        for sorte, valeur in HOSTILES.items():
            donnees = dict.fromkeys(PARAMETRES, valeur)
            if lire(lecteur(adresse, clients), chemin, donnees) >= 500:
                casses.append((chemin, sorte))
    assert casses == []


def test_no_part_of_an_address_breaks_a_page(clients: dict[str, Client], monde: Monde) -> None:
    casses = []
    for adresse in LUES:
        chemin = reverse(adresse.nom, args=adresse.args(monde))
        for partie in adresse.args(monde):
            for sorte, valeur in HOSTILES.items():
                abime = chemin.replace(f"/{partie}", f"/{quote(valeur, safe='')}")
                if lire(lecteur(adresse, clients), abime, {}) >= 500:
                    casses.append((chemin, sorte))
    assert casses == []


@pytest.mark.parametrize("valeur", HOSTILES.values(), ids=HOSTILES)
@pytest.mark.parametrize(
    ("nom", "parametre"),
    [
        ("tests_programme:nouveau", "piste"),
        ("tests_programme:nouveau", "programme"),
        ("comptes:nouvelle", "territoire"),
        ("comptes:organisations", "page"),
        ("tests_programme:liste", "apres"),
    ],
)
def test_no_value_of_a_read_parameter_breaks_its_page(
    clients: dict[str, Client], nom: str, parametre: str, valeur: str
) -> None:
    assert lire(clients["agent_a"], reverse(nom), {parametre: valeur}) in {200, 404}


def test_no_organisation_breaks_s_inspirer(clients: dict[str, Client], monde: Monde) -> None:
    adresse = reverse("tests_programme:s_inspirer", args=[monde.en_cours.pk])
    for valeur in HOSTILES.values():
        assert clients["agent_b"].post(adresse, {"organisation": valeur}).status_code == 404


@pytest.mark.parametrize("nom", ["test", "piste", "enquete", "version", "enseignement"])
def test_a_forged_cursor_is_not_found(client: Client, db: None, nom: str) -> None:
    for position in ("abc", "", "\x00", "'", "9" * 40, "9" * 5_000, "1.5", "٣²", "-"):
        reponse = client.get(reverse(f"api:{nom}-list"), {"curseur": curseur(position)})
        assert reponse.status_code == 404, position


@pytest.mark.parametrize("nom", ["account_signup", "account_change_password"])
def test_the_rules_of_a_password_are_still_a_list(
    client: Client, clients: dict[str, Client], nom: str
) -> None:
    qui = client if nom == "account_signup" else clients["agent_a"]
    html = qui.get(reverse(nom), follow=True).content.decode()
    assert "&lt;ul&gt;" not in html
    assert "<li>Votre mot de passe" in html
