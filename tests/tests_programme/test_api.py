"""The API of this room: public things only, read-only, at a constant cost."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from rest_framework.routers import SimpleRouter

from config.urls import urlpatterns as adresses_du_site
from tests.fabriques import OrganisationFactory, PisteFactory, ProgrammeFactory, un_test_evalue
from tests_programme.api import enregistrer
from tests_programme.echeances import minuit_apres
from tests_programme.models import Programme

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


@pytest.mark.django_db
def test_a_programme_names_only_what_is_public():
    programme = ProgrammeFactory()
    attend = OrganisationFactory(nom="Pas encore validée", validee=False)
    programme.organisations.add(OrganisationFactory(nom="Ville connue"), attend)
    cachee, publique = PisteFactory(publiee=False), PisteFactory()
    programme.pistes.add(cachee, publique)
    (rendu,) = Client().get("/api/v1/programmes/").json()["results"]
    assert (rendu["organisations"], rendu["pistes"]) == (["Ville connue"], [publique.slug])
    compte = Programme.objects.pour_liste().get()
    assert compte.nombre_organisations == 1


def test_the_api_says_when_a_test_ended_before_any_worker_comes(en_etat):
    perime, en_cours = en_etat("perime"), en_etat("en_cours")
    rendus = {t["id"]: t for t in Client().get("/api/v1/tests/").json()["results"]}
    fin = dt.datetime.fromisoformat(rendus[perime.pk]["termine_le"])
    assert (rendus[perime.pk]["etat"], fin) == ("a_evaluer", minuit_apres(perime.date_peremption))
    assert rendus[en_cours.pk]["termine_le"] is None
    assert perime.perimer()
    assert (
        dt.datetime.fromisoformat(Client().get(f"/api/v1/tests/{perime.pk}/").json()["termine_le"])
        == fin
    )
