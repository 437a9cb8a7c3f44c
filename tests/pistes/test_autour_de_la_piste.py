"""What the page of a piste gathers: trials with their state, lessons by kind, failures, crash tests, chantiers."""

import pytest
from django.urls import reverse

from pistes.models import EditionPiste
from tests.fabriques import (
    ChantierFactory,
    CrashTestFactory,
    OrientationFactory,
    PisteFactory,
    un_test_demarre,
    un_test_evalue,
)
from tests_programme.models import Evaluation

pytestmark = pytest.mark.django_db


@pytest.fixture
def piste():
    orientation = OrientationFactory()
    return PisteFactory(recueil=orientation.recueil, orientation=orientation)


def _page(client, piste):
    reponse = client.get(piste.get_absolute_url())
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_failures_are_shown_with_what_they_taught(client, piste):
    test = un_test_evalue(piste=piste, titre="Le test raté")
    Evaluation.objects.filter(test=test).update(verdict="infirmee", suites="abandonner")
    test.enseignements.create(piste=piste, type="obstacle", texte="Personne n'avait le temps.")
    page = _page(client, piste)
    assert "Hypothèse infirmée" in page
    assert "Personne n&#x27;avait le temps." in page
    assert "(hypothèse infirmée)" in page
    # By kind, in the order of the kinds.
    assert page.index(">Condition de réussite</h3>") < page.index(">Obstacle</h3>")


def test_crash_tests_are_shown_to_who_may_see_them(clients, piste, organisation_a):
    public = CrashTestFactory(piste=piste, est_public=True, amelioration="Doubler le standard.")
    prive = CrashTestFactory(piste=piste, est_public=False, organisation=organisation_a)
    page = _page(clients["visiteur"], piste)
    assert public.scenario.titre in page
    assert "Doubler le standard." in page
    assert prive.get_absolute_url() not in page
    page = _page(clients["agent_a"], piste)
    assert prive.get_absolute_url() in page
    assert "visible de vous et des vôtres" in page
    assert prive.get_absolute_url() not in _page(clients["agent_b"], piste)


def test_chantiers_are_named_to_who_may_see_them(clients, piste, organisation_a):
    public = ChantierFactory(titre="Chantier ouvert", est_public=True)
    prive = ChantierFactory(titre="Chantier gardé", est_public=False, organisation=organisation_a)
    public.pistes.add(piste)
    prive.pistes.add(piste)
    assert "Chantier ouvert" in _page(clients["visiteur"], piste)
    assert "Chantier gardé" not in _page(clients["visiteur"], piste)
    assert "Chantier gardé" in _page(clients["agent_a"], piste)


def test_a_piste_that_everybody_refers_to_stays_bounded(client, piste):
    from pistes.models import Renvoi

    for rang in range(31_000, 31_070):  # past those the factory gives
        autre = PisteFactory(recueil=piste.recueil, rang=rang)
        Renvoi.objects.create(edition=autre.editions.first(), vers=piste)
    page = _page(client, piste)
    assert page.partition("Y renvoient")[2].partition("</section>")[0].count("<li>") == 60


def test_ten_queries_at_most_however_much_there_is(clients, piste, django_assert_max_num_queries):
    for _ in range(3):
        un_test_evalue(piste=piste)
        un_test_demarre(piste=piste)
        CrashTestFactory(piste=piste, est_public=True)
        ChantierFactory(est_public=True).pistes.add(piste)
    chemin = f"{piste.get_absolute_url()}?orientation={piste.orientation.slug}"
    for role in ("visiteur", "agent_a"):
        clients[role].get(chemin)
        with django_assert_max_num_queries(10):
            clients[role].get(chemin)


def test_the_booklet_holds_the_public_texts_of_its_orientation(client, piste):
    autre = PisteFactory(recueil=piste.recueil, orientation=piste.orientation)
    secrete = PisteFactory(recueil=piste.recueil, orientation=piste.orientation, publiee=False)
    secrete.editions.update(titre="Piste secrète")
    page = client.get(reverse("pistes:livret", args=[piste.orientation.slug])).content.decode()
    assert "Sommaire" in page
    for sienne in (piste, autre):
        assert EditionPiste.objects.publies().get(piste=sienne).titre in page
    assert "Piste secrète" not in page
    assert client.get(reverse("pistes:livret", args=["absente"])).status_code == 404


def test_two_hundred_thousand_characters_searched_or_chosen_are_taken_with_calm(clients, piste):
    long = "x" * 200_000
    assert clients["visiteur"].get("/recherche/", {"q": long}).status_code == 200
    adresse = reverse("pistes:terrains", args=[piste.slug])
    assert clients["curateur"].post(adresse, {"vue": long, "terrains": long}).status_code == 409
    assert (
        clients["visiteur"].get(f"{piste.get_absolute_url()}?mot-cle={'x' * 5000}").status_code
        == 200
    )
