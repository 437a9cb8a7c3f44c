"""The carnet's pistes, and a team with its test in each state."""

import datetime as dt
from collections.abc import Callable

import pytest

from comptes.models import Organisation, Utilisateur
from tests.fabriques import (
    PisteFactory,
    RecueilFactory,
    TestFactory,
    remplir_l_evaluation,
    un_test_a_evaluer,
    un_test_demarre,
    un_test_evalue,
    un_test_perennise,
    un_test_pret,
    un_test_soumis,
)
from tests_programme.models import Test

PAGES = [22, 28, 32, 40, 44, 50, 56, 60, 66, 72, 78, 84, 90, 94, 98, 104, 108]


@pytest.fixture
def carnet(db: None) -> None:
    """The 17 identities of the notebook, with a short text."""
    recueil = RecueilFactory(cle="carnet", titre="Carnet")
    for page in PAGES:
        PisteFactory(
            recueil=recueil, cle=f"carnet-{page:03d}", slug=f"carnet-{page}", rang=page, page=page
        )


def un_test_abandonne(**fields: object) -> Test:
    test = un_test_pret(**fields)
    test.renoncer(par=test.organisation.adhesions.first().utilisateur, motif="Trop tôt.")
    return test


def un_test_perime(**fields: object) -> Test:
    """Past its date, and no worker has come."""
    il_y_a_longtemps = dt.datetime.now(dt.UTC) - dt.timedelta(days=30)
    return un_test_demarre(at=il_y_a_longtemps, jours=20, **fields)


def un_test_rempli(**fields: object) -> Test:
    """Its évaluation lacks nothing, and nobody has been asked to read it."""
    test = un_test_a_evaluer(**fields)
    remplir_l_evaluation(test)
    return test


EN_ETAT: dict[str, Callable[..., Test]] = {
    "preparation": TestFactory,
    "pret": un_test_pret,
    "en_cours": un_test_demarre,
    "perime": un_test_perime,
    "a_evaluer": un_test_a_evaluer,
    "rempli": un_test_rempli,
    "soumis": un_test_soumis,
    "evalue": un_test_evalue,
    "perennise": un_test_perennise,
    "abandonne": un_test_abandonne,
}


@pytest.fixture
def en_etat(organisation_a: Organisation, agent_a: Utilisateur) -> Callable[..., Test]:
    """Makes a test of organisation A in the asked state."""

    def faire(etat: str, **fields: object) -> Test:
        test = EN_ETAT[etat](organisation=organisation_a, **fields)
        test.refresh_from_db()
        return test

    return faire
