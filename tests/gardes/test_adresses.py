"""Every address × every role: what the table says is what happens."""

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.conftest import ROLES
from tests.gardes.adresses import ADRESSES, EQUIPE, MEMBRES, Adresse
from tests.monde import Monde

# Not ours, or tried where they belong: accounts (allauth), Django's administration, what only a
# developer's machine serves, /sante/ (its answer depends on the servers, see tests/rappels).
AILLEURS = ("compte/", "administration/", "_dev/", "sante/")


def _noms(patterns: list[Any], prefixe: str = "", espace: str = "") -> dict[str, str]:
    noms: dict[str, str] = {}
    for pattern in patterns:
        chemin = prefixe + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            nom = f"{espace}{pattern.namespace}:" if pattern.namespace else espace
            noms |= _noms(pattern.url_patterns, chemin, nom)
        elif isinstance(pattern, URLPattern):
            noms[f"{espace}{pattern.name}"] = chemin
    return noms


def test_every_address_has_its_row():
    noms = _noms(get_resolver().url_patterns)
    nos_noms = {nom for nom, chemin in noms.items() if not chemin.startswith(AILLEURS)}
    assert nos_noms - {adresse.nom for adresse in ADRESSES} == set()


def _attendu(adresse: Adresse, methode: str, role: str) -> set[int | str]:
    ouvert = getattr(adresse, methode)
    refus = adresse.refus_visiteur if role == "visiteur" else adresse.refus
    if role in EQUIPE:
        refus = adresse.refus_equipe
    if role in MEMBRES:
        refus = adresse.refus_membre
    if ouvert is None:
        return {405, refus}  # whether the method or the right is looked at first is all the same
    if role in ouvert:
        return {200, 302, 400, 409, 410, 422} if methode == "post" else {200, 302}
    return {refus}


def _obtenu(reponse: Any) -> int | str:
    if reponse.status_code == 302 and "/compte/login/" in reponse["Location"]:
        return "connexion"
    return int(reponse.status_code)


@pytest.mark.parametrize("adresse", ADRESSES, ids=lambda a: a.id)
def test_each_role_meets_what_the_table_says(
    adresse: Adresse, clients: dict[str, Client], monde: Monde
):
    chemin = reverse(adresse.nom, args=adresse.args(monde))
    trouve = {}
    for methode in ("get", "post"):
        # Who is let in acts last: what they change must not hide what the others meet.
        for role in sorted(ROLES, key=lambda r: r in (getattr(adresse, methode) or ())):
            reponse = getattr(clients[role], methode)(chemin)
            obtenu = _obtenu(reponse)
            if reponse.streaming:
                b"".join(reponse.streaming_content)  # read to its end, or its file stays open
            if obtenu not in _attendu(adresse, methode, role):
                trouve[f"{methode} {role}"] = obtenu
    assert trouve == {}, chemin
