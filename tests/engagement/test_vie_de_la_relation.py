"""The life of a mise en relation, from the first word to the mission."""

import pytest

from engagement.models import Ligne
from tests.fabriques_engagement import BesoinFactory, une_mission

pytestmark = pytest.mark.django_db


def test_a_mise_en_relation_goes_from_a_word_to_a_mission():
    mise = une_mission()
    assert mise.etat == "en_mission"
    assert mise.demi_journees.get().etat == "prevue"
    actions = Ligne.objects.filter(sujet=f"mise_en_relation:{mise.pk}").order_by("pk")
    assert list(actions.values_list("action", flat=True)) == [
        "discuter", "noter_rencontre", "demander_accords",
        "accord_donne", "accord_donne", "accord_donne", "commencer",
    ]  # fmt: skip


def test_without_a_place_left_the_last_accord_joins_the_waiting_list():
    besoin = BesoinFactory(places=1)
    une_mission(besoin=besoin)
    mise = une_mission(besoin=besoin)
    assert mise.etat == "rencontree"
    assert (mise.attente.rang, mise.attente.etat) == (1, "attend")
