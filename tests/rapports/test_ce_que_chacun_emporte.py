"""Nobody takes away more than they read: rows, columns, cells."""

import html
import json
import re

import pytest

from rapports.catalogue import EXPORTS
from tests.fabriques import un_test_a_evaluer, un_test_demarre, un_test_evalue
from tests.rapports.lecture import les_csv, telecharger
from tests_programme.models import Evaluation

pytestmark = pytest.mark.django_db
DE_TESTS = ["evaluations", "criteres", "voix", "enseignements"]


def mots(reponse):
    """The words of a page."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", reponse.content.decode())))


@pytest.fixture
def les_tests(organisation_a):
    brouillon = un_test_a_evaluer(organisation=organisation_a)
    Evaluation.objects.create(test=brouillon, verdict="infirmee", reponse="Brouillon secret")
    brouillon.voix.create(fonction="voisine", texte="Pas encore", consentement=True)
    brouillon.criteres.update(valeur_observee="Observé en secret")
    brouillon.enseignements.create(piste=brouillon.piste, type="obstacle", texte="Leçon secrète")
    evalue = un_test_evalue(organisation=organisation_a)
    evalue.voix.create(fonction="tu", texte="Ne me citez pas", consentement=False)
    un_test_demarre(organisation=organisation_a, visibilite="prive", titre="Test privé")
    return [brouillon, evalue]


@pytest.mark.parametrize("quoi", DE_TESTS)
def test_what_is_not_published_leaves_with_nobody_but_the_team(quoi, les_tests, clients):
    for role in ("agent_b", "habitant", "curateur", "administrateur"):
        contenu = telecharger(clients[role], f"/exports/{quoi}.json").decode()
        for secret in ("secret", "Pas encore", "Ne me citez pas", "Leçon secrète"):
            assert secret not in contenu, (role, secret)
        if role in {"agent_b", "habitant"}:
            assert "Test privé" not in contenu
    if quoi == "criteres":
        assert (
            "Observé en secret"
            in telecharger(clients["agent_a"], "/exports/criteres.json").decode()
        )


def test_a_stranger_takes_the_words_of_the_page_and_no_others(les_tests, clients):
    lignes = {int(x["Numéro"]): x for x in les_csv(clients["agent_b"], "/exports/tests.csv")}
    for test in les_tests:
        page = mots(clients["agent_b"].get(test.get_absolute_url()))
        for titre, valeur in lignes[test.pk].items():
            if titre in {"Lisible par", "Recueil"}:
                continue  # said by the page without these words
            if len(valeur) > 12 and not valeur.startswith("http") and "/20" not in valeur:
                assert re.sub(r"\s+", " ", valeur).strip() in page, (test, titre)


def test_each_export_follows_the_filter_of_the_tests(les_tests, clients):
    tous = json.loads(telecharger(clients["agent_b"], "/exports/evaluations.json"))["lignes"]
    aucun = json.loads(telecharger(clients["agent_b"], "/exports/evaluations.json?etat=en_cours"))
    assert (len(tous), aucun["lignes"]) == (1, [])


def test_accounts_leave_with_an_administrateur_alone(clients, agent_a):
    assert clients["curateur"].get("/exports/comptes.csv").status_code == 403
    assert clients["curateur"].get("/exports/comptes/colonnes/").status_code == 403
    assert "comptes.csv" not in clients["curateur"].get("/exports/").content.decode()
    lignes = les_csv(clients["administrateur"], "/exports/comptes.csv")
    assert agent_a.email in {ligne["Adresse e-mail"] for ligne in lignes}
    assert (
        "password" not in telecharger(clients["administrateur"], "/exports/comptes.json").decode()
    )


def test_a_reserved_column_is_unknown_to_the_others(clients, agent_a):
    assert "Membres" in les_csv(clients["administrateur"], "/exports/organisations.csv")[0]
    assert "Membres" not in les_csv(clients["agent_a"], "/exports/organisations.csv")[0]
    assert clients["agent_a"].get("/exports/organisations.csv?colonne=membres").status_code == 400


def test_the_page_of_exports_lists_those_one_may_take(clients):
    page = clients["administrateur"].get("/exports/").content.decode()
    for export in EXPORTS.values():
        assert f"/exports/{export.cle}.csv" in page
