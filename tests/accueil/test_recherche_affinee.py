"""``/recherche/?quoi=…``: one kind, page by page, narrowed; and « vouliez-vous dire »."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accueil import vocabulaire
from accueil.tasks import renouveler_le_vocabulaire
from pistes.models import EditionPiste
from tests.accueil.test_recherche import chercher
from tests.fabriques import (
    OrientationFactory,
    PisteFactory,
    RecueilFactory,
    TemoignageFactory,
    VersionFactory,
    un_test_demarre,
    un_test_evalue,
)

pytestmark = pytest.mark.django_db


def test_words_that_answer_are_marked_and_everything_else_is_escaped():
    piste = PisteFactory(publiee=False)
    mechant = "<script>alert(1)</script> des élèves & <b>élève</b>"
    EditionPiste.suivante(
        piste, titre="Élèves <i>x</i>", constat=mechant, origine="corpus"
    ).publier(par=None)
    page = Client().get("/recherche/", {"q": "eleve"}).content.decode()
    assert "<mark>Élèves</mark> &lt;i&gt;" in page
    assert "&lt;b&gt;<mark>élève</mark>" in page
    assert "<script>alert" not in page
    assert "<b>" not in page


def test_one_kind_alone_goes_page_by_page():
    recueil = RecueilFactory()
    for rang in range(1, 46):
        PisteFactory(recueil=recueil, rang=rang, publiee__titre=f"Un guichet {rang:03}")
    tout = chercher("guichet")
    assert tout.count("<h3") == 5
    assert "quoi=pistes" in tout
    premiere = chercher("guichet", quoi="pistes")
    assert premiere.count("<h3") == 20
    assert "page=2" in premiere
    derniere = chercher("guichet", quoi="pistes", page="3")
    assert derniere.count("<h3") == 5
    assert "page=4" not in derniere


@pytest.mark.parametrize("numero", ["0", "-1", "x", "999999999999999999999", "²"])
def test_a_page_that_is_none_is_a_page_all_the_same(numero):
    PisteFactory(publiee__titre="Un guichet")
    assert "Recherche</h1>" in chercher("guichet", quoi="pistes", page=numero)


def test_a_kind_that_is_none_is_everything():
    PisteFactory(publiee__titre="Un guichet")
    assert "Un guichet" in chercher("guichet", quoi="secrets")


def test_pistes_are_narrowed_by_recueil_orientation_and_mot_cle():
    orientation = OrientationFactory()
    gardee = PisteFactory(
        recueil=orientation.recueil, orientation=orientation, publiee__titre="Un guichet gardé"
    )
    gardee.editions.first().mots_cles.add(orientation)
    PisteFactory(publiee__titre="Un guichet ailleurs")
    for filtre in (
        {"recueil": orientation.recueil.cle},
        {"orientation": orientation.slug},
        {"mot_cle": orientation.slug},
    ):
        page = chercher("guichet", quoi="pistes", **filtre)
        assert "Un guichet gardé" in page
        assert "Un guichet ailleurs" not in page
    assert "Rien ne répond ici" in chercher("guichet", quoi="pistes", recueil="inconnu")


def test_pistes_are_narrowed_by_the_state_of_their_tests(clients, organisation_a):
    en_cours = PisteFactory(publiee__titre="Guichet essayé")
    evaluee = PisteFactory(publiee__titre="Guichet évalué")
    secrete = PisteFactory(publiee__titre="Guichet secret")
    PisteFactory(publiee__titre="Guichet vierge")
    un_test_demarre(piste=en_cours)
    un_test_evalue(piste=evaluee)
    un_test_demarre(piste=secrete, organisation=organisation_a, visibilite="prive")

    def trouves(etat, role="visiteur"):
        page = chercher("guichet", clients[role], quoi="pistes", tests=etat)
        noms = ("essayé", "évalué", "secret", "vierge")
        return {nom for nom in noms if f"Guichet {nom}<" in page}

    assert trouves("en_cours") == {"essayé"}
    assert trouves("evalue") == {"évalué"}
    # A private test is nothing to a visitor, and its own people find it.
    assert trouves("aucun") == {"secret", "vierge"}
    assert trouves("en_cours", "agent_a") == {"essayé", "secret"}
    assert trouves("aucun", "agent_a") == {"vierge"}
    assert trouves("nimporte") == set()


def test_published_temoignages_are_found_and_those_to_read_are_not():
    fige = VersionFactory(publiee=1).terrains.first()
    TemoignageFactory(fige=fige, texte="Nous avons ouvert un parapluie.", fonction="agente")
    TemoignageFactory(fige=fige, texte="Un parapluie attend.", etat="a_lire")
    page = chercher("parapluie")
    assert "Nous avons ouvert un parapluie" in page
    assert "Un parapluie attend" not in page


@pytest.mark.parametrize(
    ("saisie", "attendu"),
    [
        ("subsidiarté", "subsidiarité"),
        ("mobilté", "mobilité"),
        ("mecenta", "mécénat"),
        ("resilliance", "résilience"),
        ("guichet subsidiarté", "guichet subsidiarité"),
    ],
)
def test_a_mistyped_word_is_answered_by_the_nearest_one(saisie, attendu):
    call_command("charger_corpus", verbosity=0)
    page = chercher(saisie)
    assert "Vouliez-vous dire" in page
    assert f">{attendu}</a>" in page


def test_no_suggestion_when_something_is_found_nothing_resembles_or_a_word_is_short():
    call_command("charger_corpus", verbosity=0)
    for saisie in ("guichet", "xyzzyqwk", "zz", "", "!!!", "x" * 200):
        assert "Vouliez-vous dire" not in chercher(saisie)


def test_a_draft_is_never_suggested():
    PisteFactory(publiee=False, publiee__titre="Parapluie secret")
    PisteFactory(publiee__titre="Un guichet")
    assert "Vouliez-vous dire" not in chercher("paraplui")


def test_words_published_since_are_suggested_once_the_task_has_run():
    PisteFactory(publiee__titre="Un guichet")
    assert "Vouliez-vous dire" not in chercher("paraplui")
    PisteFactory(publiee__titre="Un parapluie")
    assert "Vouliez-vous dire" not in chercher("paraplui")
    assert renouveler_le_vocabulaire() > 0
    assert "parapluie</a>" in chercher("paraplui")


class SansCache:
    """A cache that answers nothing, as while Redis is down."""

    def get(self, *args):
        return None

    def set(self, *args):
        return None


def test_without_a_cache_the_words_are_read_once(monkeypatch):
    PisteFactory(publiee__titre="Un parapluie")
    monkeypatch.setattr(vocabulaire, "cache", SansCache())
    monkeypatch.setattr(vocabulaire, "_memoire", None)
    lectures = []
    lire = vocabulaire.renouveler
    monkeypatch.setattr(vocabulaire, "renouveler", lambda: lectures.append(1) or lire())
    assert vocabulaire.suggestion("paraplui") == "parapluie"
    assert vocabulaire.suggestion("paraplui") == "parapluie"
    assert len(lectures) == 1


@pytest.mark.parametrize("quoi", ["", "pistes", "tests", "temoignages"])
@pytest.mark.parametrize("role", ["visiteur", "agent_a", "curateur"])
def test_a_search_costs_ten_queries_at_most(clients, quoi, role):
    call_command("charger_corpus", verbosity=0)
    un_test_evalue(titre="Un guichet ouvert")
    adresse = f"{reverse('accueil:recherche')}?q=guichet&quoi={quoi}"
    clients[role].get(adresse)
    with CaptureQueriesContext(connection) as requetes:
        assert clients[role].get(adresse).status_code == 200
    assert len(requetes) <= 10
