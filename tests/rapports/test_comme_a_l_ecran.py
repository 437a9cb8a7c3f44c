"""Every cell of the export of tests says what the list and the page of the test say."""

import datetime as dt
import html
import re

import pytest
from django.utils.formats import date_format

from config.jours import instant_de
from tests.fabriques import (
    TestFactory,
    un_test_a_evaluer,
    un_test_demarre,
    un_test_evalue,
    un_test_pret,
)
from tests.rapports.lecture import les_csv
from tests_programme.models import Evaluation, Test

RECITS = {
    "preparation": ("Récit d'un projet", "", ""),
    "en_cours": ("Récit d'un essai", "infirmee", "abandonner"),
    "evalue": ("Récit évalué", "confirmee", "perenniser"),
}


def un_recit(etat, verdict, suites):
    test = TestFactory(
        source="Un guide, page 3",
        etat=etat,
        periode="printemps 2022",
        deroule="Tout le monde est venu.",
        issue="Gardé depuis.",
        contexte="Un besoin",
        hypothese="Une hypothèse",
        titre=f"Récit {etat}",
    )
    test.criteres.create(libelle="Le nombre")
    test.enseignements.create(piste=test.piste, type="condition", texte="Une leçon")
    if verdict:
        Evaluation.objects.create(
            test=test, verdict=verdict, suites=suites, suites_texte="La suite dite"
        )
    return test


@pytest.fixture
def les_tests(db):
    for etat, (_, verdict, suites) in RECITS.items():
        un_recit(etat, verdict, suites)
    TestFactory()
    un_test_pret()
    un_test_demarre()
    un_test_demarre(at=instant_de(dt.date(2026, 3, 2), 10), jours=10, titre="Passé, non constaté")
    constate = un_test_demarre(at=instant_de(dt.date(2026, 3, 2), 10), jours=10, titre="Constaté")
    constate.perimer()
    brouillon = un_test_a_evaluer()
    Evaluation.objects.create(test=brouillon, verdict="infirmee", reponse="Brouillon secret")
    brouillon.enseignements.create(piste=brouillon.piste, type="obstacle", texte="Pas encore")
    brouillon.voix.create(fonction="voisine", texte="Pas encore", consentement=True)
    un_test_evalue()
    return Test.objects.all()


def mots(reponse):
    """The words of a page."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", reponse.content.decode())))


def carte(client, test):
    """The words of the state on the test's card in the list."""
    page = client.get("/tests/", {"organisation": test.organisation_id})
    (etat,) = re.findall(r'<span class="etat[^"]*">([^<]*)</span>', page.content.decode())
    return html.unescape(etat)


def test_every_cell_is_what_the_screen_says(les_tests, client_admin):
    lignes = {int(ligne["Numéro"]): ligne for ligne in les_csv(client_admin, "/exports/tests.csv")}
    assert set(lignes) == {test.pk for test in les_tests}
    for test in les_tests:
        ligne, reponse = lignes[test.pk], client_admin.get(test.get_absolute_url())
        fiche = mots(reponse)
        assert ligne["État"] == carte(client_admin, test), test
        for colonne in (
            "Titre", "Organisation", "Piste explorée", "Contexte et besoin", "Hypothèse",
            "Comment on revient en arrière", "Période, en mots", "Ce qui s'est passé", "Issue connue",
            "Source", "Verdict", "Réponse à l'hypothèse", "Ce que personne n'attendait",
            "Suites, en quelques mots",
        ):  # fmt: skip
            assert ligne[colonne] in fiche, (test, colonne)
        vus = {v for v in Evaluation.Verdict.labels if v in fiche}
        assert vus == ({ligne["Verdict"]} if ligne["Verdict"] else set()), test
        dites = re.findall(r"Les suites : (\w+)", fiche)
        assert dites == ([ligne["Suites"].lower()] if ligne["Suites"] else []), test
        assert int(ligne["Enseignements"]) == len(reponse.context["enseignements"]), test
        assert int(ligne["Voix d'usager·ères"]) == len(reponse.context["voix"]), test
        assert int(ligne["Critères"]) == len(reponse.context["criteres"]), test
        for colonne, intitule in [("Démarré le", "Démarré"), ("Terminé le", "Terminé")]:
            dit = re.search(rf"\b{intitule} (\w+ \d+ \w+ \d{{4}})", fiche)
            jour = ligne[colonne] and dt.datetime.strptime(ligne[colonne], "%d/%m/%Y").date()
            assert (dit[1] if dit else "") == (date_format(jour, "l j F Y") if jour else ""), (
                test,
                colonne,
            )


@pytest.mark.parametrize("etat", RECITS)
def test_an_account_leaves_with_its_own_words(etat, client_admin):
    en_mots, verdict, suites = RECITS[etat]
    un_recit(etat, verdict, suites)
    (ligne,) = les_csv(client_admin, "/exports/tests.csv")
    assert ligne["État"] == en_mots
    assert ligne["Verdict"] == (Evaluation.Verdict(verdict).label if verdict else "")
    assert ligne["Suites"] == (Evaluation.Suites(suites).label if suites else "")


def test_the_end_is_the_same_day_before_and_after_the_worker(client_admin):
    un_test_demarre(at=instant_de(dt.date(2026, 3, 2), 10), jours=10)
    (avant,) = les_csv(client_admin, "/exports/tests.csv")
    Test.objects.get().perimer()
    (apres,) = les_csv(client_admin, "/exports/tests.csv")
    assert avant["Terminé le"] == apres["Terminé le"] == "12/03/2026"
