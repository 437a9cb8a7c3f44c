"""Five organisations behind each figure, and between two figures (docs/decisions, 10)."""

import pytest
from django.urls import reverse

from reflexes.agregat import agreger
from reflexes.models import Autodiagnostic, ReponseAutodiagnostic
from reflexes.models.vie_autodiagnostic import SEUIL
from tests.conftest import client_de
from tests.fabriques import OrganisationFactory, un_membre

PAS_VECU, NE_SAIT_PAS = 0, None


@pytest.fixture
def soumettre(enquete, fige):
    """Organisations submit one after the other what they say of one terrain: a degree, or one of the above."""

    def _soumettre(*dits):
        for dit in dits:
            organisation = OrganisationFactory()
            enquete.organisations.add(organisation)
            sien = Autodiagnostic.objects.create(enquete=enquete, organisation=organisation)
            ReponseAutodiagnostic.objects.create(
                autodiagnostic=sien,
                terrain_id=fige.terrain_id,
                vecu=None if dit is NE_SAIT_PAS else bool(dit),
                degre=dit or None,
            )
            # Another answer, on another terrain: who cannot tell here submits all the same.
            ailleurs = fige.version.terrains.exclude(terrain=fige.terrain_id).first().terrain
            sien.reponses.create(terrain=ailleurs, vecu=False)
            sien.soumettre(par=un_membre(organisation), lu=sien.empreinte)

    return _soumettre


@pytest.fixture
def vu(enquete, fige):
    def _vu():
        un = agreger(enquete, [fige.terrain_id])[fige.terrain_id]
        return un.repondants, un.vecus, un.degres_de

    return _vu


def test_nothing_is_shown_of_four(soumettre, vu):
    soumettre(1, 2, 3, PAS_VECU)
    assert vu() == (0, 0, 0)


def test_the_fifth_makes_the_aggregate(soumettre, vu):
    soumettre(1, 2, 3, 4, 5)
    assert vu() == (5, 5, 5)


def test_degrees_are_not_shown_of_fewer_than_five_that_lived_it(soumettre, vu):
    soumettre(1, 2, 3, 4, PAS_VECU)
    assert vu() == (5, 4, 0)


def test_the_sixth_changes_nothing_until_the_tenth(soumettre, vu):
    soumettre(1, 2, 3, 4, 5)
    avant = vu()
    for _ in range(4):
        soumettre(PAS_VECU)
        assert vu() == avant  # or the difference would be one organisation's answer
    soumettre(PAS_VECU)
    assert vu() == (10, 5, 5)


def test_who_cannot_tell_counts_in_no_figure(soumettre, vu):
    soumettre(1, 2, 3, 4, NE_SAIT_PAS)
    assert vu() == (0, 0, 0)
    soumettre(1, NE_SAIT_PAS, NE_SAIT_PAS, NE_SAIT_PAS, NE_SAIT_PAS)
    assert vu() == (5, 5, 5)


def test_a_group_where_one_alone_could_tell_waits_for_others(soumettre, vu):
    soumettre(1, 2, 3, 4, 5)
    soumettre(5, *[NE_SAIT_PAS] * 4)
    assert vu() == (5, 5, 5)  # six would give that one away
    soumettre(5, 5, 5, 5, NE_SAIT_PAS)
    assert vu() == (10, 10, 10)


def test_every_change_that_can_be_seen_is_of_five_at_least(soumettre, vu):
    dits = [1, PAS_VECU, 3, NE_SAIT_PAS, 5, 2, 2, NE_SAIT_PAS, PAS_VECU, 4] * 3
    avant = vu()
    for dit in dits:
        soumettre(dit)
        apres = vu()
        repondants, degres = apres[0] - avant[0], apres[2] - avant[2]
        assert repondants == 0 or repondants >= SEUIL
        assert degres == 0 or degres >= SEUIL
        assert apres[1] == avant[1] or repondants
        avant = apres


def test_taking_back_before_the_group_is_full_changes_nothing(soumettre, vu, enquete):
    soumettre(1, 2, 3, 4, 5)
    soumettre(1, 1)
    avant = vu()
    attend = Autodiagnostic.objects.filter(lot=None).first()
    attend.reprendre(par=un_membre(attend.organisation))
    assert vu() == avant
    soumettre(1, 1, 1)
    assert vu() == avant
    soumettre(1)
    assert vu() == (10, 10, 10)


def test_drafts_are_in_no_figure(soumettre, vu, enquete, fige):
    soumettre(1, 2, 3, 4)
    brouillon = Autodiagnostic.objects.create(enquete=enquete, organisation=OrganisationFactory())
    brouillon.reponses.create(terrain_id=fige.terrain_id, vecu=True, degre=5)
    assert vu() == (0, 0, 0)


def test_one_query_however_many(soumettre, enquete, fige, django_assert_num_queries):
    soumettre(*[1, 2, 3, 4, 5] * 3)
    with django_assert_num_queries(1):
        agreger(enquete, [fige.terrain_id])


def test_an_organisation_in_the_aggregate_is_not_deleted_out_of_it(soumettre, vu, administrateur):
    soumettre(*[1, 2, 3, 4, 5] * 2)
    organisation = Autodiagnostic.objects.first().organisation
    adresse = reverse("admin:comptes_organisation_delete", args=[organisation.pk])
    client_de(administrateur).post(adresse, {"post": "yes"})
    assert vu() == (10, 10, 10)
