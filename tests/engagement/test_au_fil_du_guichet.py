"""One mise en relation, led by its own methods: at each step it is where the desk should show it, and nowhere else."""

import datetime as dt

import pytest
import time_machine

from config.jours import instant_de
from engagement.bacs import BACS
from engagement.guichet import cellules_de, compter
from engagement.semaine import MATIN
from tests.engagement.bacs_remplis import JOUR, MAINTENANT
from tests.fabriques_engagement import (
    BesoinFactory,
    DispositifFactory,
    MiseEnRelationFactory,
    un_mediateur,
    un_pret,
)

pytestmark = pytest.mark.django_db
UN_JOUR = dt.timedelta(days=1)


@pytest.fixture
def horloge():
    with time_machine.travel(MAINTENANT, tick=False) as horloge:
        yield horloge


def bacs(moi, dispositif):
    """Where the only line is."""
    nombres = compter(moi, cellules_de([dispositif.pk]))[dispositif.pk]
    assert {n["cellule"] for n in nombres.values()} <= {0, 1}
    return [
        bac.cle
        for bac in BACS
        if nombres[bac.cle]["cellule"] and bac.cle not in {"offres", "passes"}
    ]


def test_a_mission_goes_through_the_desk_from_the_proposal_to_its_end(horloge):
    dispositif = DispositifFactory()
    moi = un_mediateur(dispositif)
    jour = JOUR + 40 * UN_JOUR
    besoin = BesoinFactory(dispositif=dispositif, creneaux=[(jour, MATIN)])
    mise = MiseEnRelationFactory(besoin=besoin, mediateur=moi)
    assert bacs(moi, dispositif) == ["en_attente"]
    horloge.move_to(MAINTENANT + 9 * UN_JOUR)
    assert bacs(moi, dispositif) == ["relancer"]
    mise.discuter(texte="C'est d'accord pour en parler.", par=moi, de="personne")
    assert bacs(moi, dispositif) == ["cellule"]
    mise.fixer_rencontre(le=instant_de(JOUR + 12 * UN_JOUR, 14), lieu="la mairie", par=moi)
    assert bacs(moi, dispositif) == ["en_attente"]
    horloge.move_to(instant_de(JOUR + 12 * UN_JOUR, 9))
    assert bacs(moi, dispositif) == ["rencontres"]
    horloge.move_to(instant_de(JOUR + 13 * UN_JOUR, 9))
    assert bacs(moi, dispositif) == ["a_noter"]
    mise.noter_rencontre(par=moi, notes="Visite faite.")
    assert bacs(moi, dispositif) == ["cellule"]
    mise.demander_accords(par=moi)
    assert bacs(moi, dispositif) == ["en_attente"]
    horloge.move_to(instant_de(JOUR + 22 * UN_JOUR, 10))
    assert bacs(moi, dispositif) == ["accords"]
    for accord in mise.accords.filter(etat="demande"):
        accord.donner()
    mise.refresh_from_db()
    assert mise.etat == "en_mission"
    assert bacs(moi, dispositif) == []
    horloge.move_to(instant_de(jour - 3 * UN_JOUR, 9))
    assert bacs(moi, dispositif) == ["fins"]
    horloge.move_to(instant_de(jour + UN_JOUR, 9))
    assert bacs(moi, dispositif) == ["retours"]  # by the date alone
    mise.demi_journees.get().dire(faite=True, par=moi)
    mise.revenir(par=moi)
    assert bacs(moi, dispositif) == ["retours"]


def test_a_refusal_at_any_step_leaves_nothing_behind(horloge):
    dispositif = DispositifFactory()
    moi = un_mediateur(dispositif)
    mise = MiseEnRelationFactory(besoin=BesoinFactory(dispositif=dispositif), mediateur=moi)
    mise.demander_aide(par=moi)
    assert "aides" in bacs(moi, dispositif)
    mise.decliner(par=moi)
    assert bacs(moi, dispositif) == []


def test_a_loan_not_back_shows_from_its_hour_and_leaves_when_it_is(horloge):
    dispositif = DispositifFactory()
    moi = un_mediateur(dispositif)
    pret = un_pret(moi, dispositif)
    pret.sortir(par=moi, etat="Propre")
    assert bacs(moi, dispositif) == ["fins"]
    horloge.move_to(pret.fin + dt.timedelta(hours=1))
    assert "prets" in bacs(moi, dispositif)
    pret.rendre(par=moi, etat="Propre")
    assert "prets" not in bacs(moi, dispositif)
