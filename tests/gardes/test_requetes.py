"""No page of the catalogue or of the enquête costs more than ten queries, whoever opens it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import ROLES
from tests.gardes.adresses import ADRESSES, Adresse
from tests.monde import Monde

AU_PLUS = 10
PAGES = [
    adresse
    for adresse in ADRESSES
    if adresse.get and adresse.nom.startswith(("pistes:", "reflexes:", "accueil:recherche"))
]


@pytest.mark.parametrize("adresse", PAGES, ids=lambda a: a.id)
def test_a_page_costs_ten_queries_at_most(
    adresse: Adresse, clients: dict[str, Client], monde: Monde
):
    chemin = reverse(adresse.nom, args=adresse.args(monde))
    trop = {}
    for role in sorted(ROLES):
        if role not in (adresse.get or ()):
            continue
        clients[role].get(chemin)  # what is read once, apart
        with CaptureQueriesContext(connection) as requetes:
            clients[role].get(chemin)
        # The test's own transaction makes savepoints of what are transactions elsewhere.
        vraies = [r["sql"][:100] for r in requetes if "SAVEPOINT" not in r["sql"]]
        if len(vraies) > AU_PLUS:
            trop[role] = [f"{len(vraies)} queries", *vraies]
    assert trop == {}
