"""The API of this room: public things only, read-only, at a constant cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from rest_framework.routers import SimpleRouter

from config.urls import urlpatterns as adresses_du_site
from tests.fabriques import un_test_evalue
from tests_programme.api import enregistrer

router = SimpleRouter()
enregistrer(router)
urlpatterns = [path("api/v1/", include(router.urls)), *adresses_du_site]

pytestmark = pytest.mark.urls(__name__)


@pytest.mark.parametrize(
    "chemin", ["programmes/", "tests/", "enseignements/", "tests/?etat=evalue", "tests/?etat=recit"]
)
def test_the_api_answers_to_anybody(en_etat, chemin):
    en_etat("evalue")
    reponse = Client().get(f"/api/v1/{chemin}")
    assert reponse.status_code == 200
    assert "example.org" not in reponse.content.decode()


def test_the_api_shows_only_what_is_public(en_etat):
    public, prive = en_etat("evalue"), en_etat("evalue", visibilite="prive")
    cours = en_etat("en_cours")
    public.voix.create(fonction="agent", texte="À ne pas répéter", consentement=False)
    cours.criteres.update(valeur_observee="Valeur secrète")
    cours.enseignements.create(piste=cours.piste, type="obstacle", texte="Leçon secrète")
    corps = Client().get("/api/v1/tests/").json()["results"]
    assert {t["id"] for t in corps} == {public.pk, cours.pk}
    texte = str(corps) + str(Client().get("/api/v1/enseignements/").json())
    assert "À ne pas répéter" not in texte
    assert "secrète" not in texte
    assert Client().get(f"/api/v1/tests/{prive.pk}/").status_code == 404


def test_the_api_is_read_only(en_etat, clients):
    test = en_etat("evalue")
    for methode in ("post", "put", "patch", "delete"):
        reponse = getattr(clients["administrateur"], methode)(f"/api/v1/tests/{test.pk}/")
        assert reponse.status_code == 405


def test_a_page_of_the_api_costs_the_same(en_etat):
    en_etat("evalue")

    def cout() -> int:
        with CaptureQueriesContext(connection) as requetes:
            assert Client().get("/api/v1/tests/").status_code == 200
            assert Client().get("/api/v1/enseignements/").status_code == 200
        return len(requetes)

    avant = cout()
    for n in range(5):
        un_test_evalue(titre=f"Un autre {n}")
    assert cout() == avant
