"""The factories make things the application itself would accept."""

import pytest

from tests import fabriques


@pytest.mark.django_db
def test_each_stage_of_a_test_is_reached_through_its_own_methods():
    assert fabriques.un_test_pret().manques_pour_demarrer() == []
    assert fabriques.un_test_demarre().etat_au() == "en_cours"
    assert fabriques.un_test_a_evaluer().etat_au() == "a_evaluer"
    assert fabriques.un_test_evalue().etat_au() == "evalue"


def test_the_cast_has_its_rights(clients, personnes, organisation_a):
    assert set(clients) == set(personnes)
    assert personnes["referent_a"].adhesions.referents().get().organisation == organisation_a
