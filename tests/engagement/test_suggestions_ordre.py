"""The order of suggestions is the one docs/suggestions.md promises: the same as a loop written from it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.rangement_naif import ranger
from engagement import suggestions
from engagement.models import Besoin, Offre
from tests.engagement.petits_mondes import un_monde
from tests.fabriques_engagement import BesoinFactory, OffreFactory, PersonneFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("graine", range(10))
def test_the_database_ranks_small_worlds_as_a_plain_loop_does(graine: int):
    dispositif = un_monde(graine)
    en_tout = {}
    for vu in suggestions.de_tout_un_dispositif(dispositif.pk):
        en_tout.setdefault(vu.besoin.pk, []).append(vu.offre.pk)
    for besoin in Besoin.objects.filter(dispositif=dispositif).select_related(
        "territoire", "genre"
    ):
        vus = suggestions.pour_besoin(besoin)
        cles = [vu.offre.pk for vu in vus]
        assert cles == ranger(besoin)
        assert cles == en_tout.get(besoin.pk, [])
        comptes = [(-len(vu.convient), len(vu.manque)) for vu in vus]
        assert comptes == sorted(comptes)  # the order may be checked by counting what is shown
        _ce_qui_exclut_se_dit(besoin, set(cles))


def _ce_qui_exclut_se_dit(besoin: Besoin, proposees: set[int]) -> None:
    """Fewer than twenty are shown here: an offer is suggested, or what forbids it is said in words."""
    offres = Offre.objects.filter(dispositif=besoin.dispositif, nature=besoin.nature)
    choisies = offres.select_related("personne", "territoire", "dispositif")
    for pk, vu in suggestions.entre(besoin, choisies).items():
        assert (pk in proposees) == (not vu.obstacles), (vu.faits, vu.obstacles)


@pytest.mark.parametrize("graine", range(40, 56))
def test_looking_at_a_few_first_changes_nothing(graine: int, monkeypatch: pytest.MonkeyPatch):
    """Two shown, two or five looked at before knowing which others could come before them."""
    monkeypatch.setattr(suggestions, "PREMIERES", 2)
    dispositif = un_monde(graine)
    besoins = Besoin.objects.filter(dispositif=dispositif).select_related("territoire", "genre")
    for lot in (2, 5):
        monkeypatch.setattr(suggestions, "LOT", lot)
        for besoin in besoins:
            assert [vu.offre.pk for vu in suggestions.pour_besoin(besoin)] == ranger(besoin)[:2]


@pytest.mark.parametrize("graine", range(20, 24))
def test_the_needs_of_an_offer_are_those_it_is_suggested_for(graine: int):
    dispositif = un_monde(graine)
    besoins = Besoin.objects.filter(dispositif=dispositif).select_related("territoire", "genre")
    pour = {b.pk: {vu.offre.pk for vu in suggestions.pour_besoin(b)} for b in besoins}
    for offre in Offre.objects.filter(dispositif=dispositif).select_related(
        "personne", "territoire"
    ):
        vus = suggestions.pour_offre(offre)
        assert {vu.besoin.pk for vu in vus} == {
            pk for pk, offres in pour.items() if offre.pk in offres
        }
        comptes = [(-len(vu.convient), len(vu.manque)) for vu in vus]
        assert comptes == sorted(comptes)


@pytest.mark.parametrize("nombre", [1, 6, 200])
def test_suggestions_cost_two_queries_however_many_offers(nombre: int):
    besoin = BesoinFactory()
    for _ in range(nombre):
        personne = PersonneFactory(dispositif=besoin.dispositif)
        OffreFactory(personne=personne, territoire=besoin.territoire)
    besoin = Besoin.objects.select_related("territoire", "genre").get(pk=besoin.pk)
    with CaptureQueriesContext(connection) as requetes:
        vus = suggestions.pour_besoin(besoin)
        assert all(vu.convient for vu in vus)
    assert len(vus) == min(nombre, 20)
    assert len(requetes) == 2
