"""The demonstration of the desk: each step shown, once, whatever is loaded."""

import pytest

from comptes.models import Organisation
from engagement.demonstration import COMMUNES, DEPARTEMENT, charger_les_dispositifs
from engagement.models import Dispositif, MiseEnRelation, Pret
from tests.fabriques import OrganisationFactory, TerritoireFactory, un_membre

pytestmark = pytest.mark.django_db


@pytest.fixture
def montessai() -> Organisation:
    organisation = OrganisationFactory(nom="Montessai")
    un_membre(organisation, "referent")
    return organisation


def des_territoires():
    isere = TerritoireFactory(niveau="departement", code=DEPARTEMENT, nom="Isère")
    for code in COMMUNES:
        TerritoireFactory(code=code, departement=isere)


def test_each_step_is_shown_and_loading_twice_adds_nothing(montessai, client):
    des_territoires()
    mediateur = un_membre(montessai)
    assert charger_les_dispositifs(montessai, mediateur) == 3
    assert charger_les_dispositifs(montessai, mediateur) == 0
    etats = set(MiseEnRelation.objects.values_list("etat", flat=True))
    assert etats >= {"proposee", "en_discussion", "rencontree", "en_mission", "close", "declinee"}
    assert Pret.objects.get().est_en_retard()
    clos = Dispositif.objects.get(etat="clos")
    recit = client.get(f"{clos.get_absolute_url()}recit/")
    assert recit.context["faits"].personnes == 6
    assert len(recit.context["mots"]) == 2
    assert all(d.est_demo for d in Dispositif.objects.all())


def test_without_territories_nothing_is_made(montessai):
    assert charger_les_dispositifs(montessai, un_membre(montessai)) == 0
