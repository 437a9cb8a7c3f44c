"""What every view of the API does: chosen fields, answers not sent twice, limits told, errors in words."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver

from tests.fabriques import un_test_evalue

pytestmark = pytest.mark.django_db
LISTES = sorted(
    motif.name.removesuffix("-list")
    for motif in get_resolver().namespace_dict["api"][1].url_patterns
    if motif.name.endswith("-list")
)
ADRESSES = {
    "enquete": "enquetes", "version": "versions", "controverse": "controverses", "terrain": "terrains",
    "temoignage": "temoignages", "recueil": "recueils", "orientation": "orientations", "piste": "pistes",
    "chantier": "chantiers", "crise": "crises", "crash-test": "crash-tests", "programme": "programmes",
    "test": "tests", "enseignement": "enseignements",
}  # fmt: skip


def test_every_list_is_tried_here():
    assert set(LISTES) == set(ADRESSES)


@pytest.mark.parametrize("nom", ADRESSES.values())
def test_an_answer_that_has_not_changed_is_not_sent_again(nom):
    un_test_evalue()
    premiere = Client().get(f"/api/v1/{nom}/")
    assert premiere["ETag"]
    encore = Client().get(f"/api/v1/{nom}/", headers={"If-None-Match": premiere["ETag"]})
    assert (encore.status_code, encore.content) == (304, b"")


def test_an_answer_that_changed_is_sent():
    test = un_test_evalue()
    premiere = Client().get("/api/v1/tests/")
    test.titre = "Autre titre"
    test.save()
    encore = Client().get("/api/v1/tests/", headers={"If-None-Match": premiere["ETag"]})
    assert encore.json()["results"][0]["titre"] == "Autre titre"


def test_only_the_chosen_fields_come():
    test = un_test_evalue()
    (ligne,) = Client().get("/api/v1/tests/?champs=titre,etat").json()["results"]
    assert set(ligne) == {"titre", "etat"}
    assert set(Client().get(f"/api/v1/tests/{test.pk}/?champs=id").json()) == {"id"}


@pytest.mark.parametrize(
    ("adresse", "status", "dit"),
    [
        ("tests/?champs=mot_de_passe", 400, "mot_de_passe"),
        ("tests/?etat=peut-etre", 400, "etat"),
        ("tests/999999/", 404, "rien à cette adresse"),
        ("tests/?curseur=xyz", 404, "rien à cette adresse"),
    ],
)
def test_an_error_says_what_happened(adresse, status, dit):
    reponse = Client().get(f"/api/v1/{adresse}")
    assert reponse.status_code == status
    assert reponse["Content-Type"] == "application/problem+json"
    corps = reponse.json()
    assert (corps["type"], corps["status"]) == ("about:blank", status)
    assert dit in str(corps)


def test_the_limit_is_told_then_held(settings):
    cache.clear()
    from rest_framework.throttling import AnonRateThrottle

    class Deux(AnonRateThrottle):
        rate = "2/hour"

    from tests_programme.api import TestViewSet

    avant, TestViewSet.throttle_classes = TestViewSet.throttle_classes, [Deux]
    try:
        restes = [Client().get("/api/v1/tests/") for _ in range(3)]
    finally:
        TestViewSet.throttle_classes = avant
    assert [r["RateLimit-Remaining"] for r in restes] == ["1", "0", "0"]
    assert {r["RateLimit-Limit"] for r in restes} == {"2"}
    assert restes[2].status_code == 429
    assert 3500 < int(restes[2]["Retry-After"]) <= 3600
    assert restes[2].json()["title"] == "Trop de demandes"


def test_the_description_says_the_errors_and_the_chosen_fields():
    schema = Client().get("/api/v1/schema/?format=json").json()
    operation = schema["paths"]["/api/v1/tests/"]["get"]
    assert "champs" in {p["name"] for p in operation["parameters"]}
    assert {"200", "304", "400", "404", "429"} <= set(operation["responses"])
