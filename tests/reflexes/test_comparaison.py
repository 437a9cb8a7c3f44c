"""What changed from V1 to the notebook, on the shipped corpus."""

from reflexes.comparaison import comparer
from reflexes.models import VersionCartographie


def _version(code):
    return VersionCartographie.objects.get(code=code)


def test_the_notebook_drops_two_terrains_renumbers_one_rewrites_one_and_retitles_one(
    enquete_livree,
):
    comparaison = comparer(_version("V1"), _version("CARNET"))
    assert [(t.numero, t.terrain.cle) for t in comparaison.disparus] == [
        ("3.1", "mediateurs-du-confinement"),
        ("3.2", "ciblage-et-reusage-de-donnees"),
    ]
    assert comparaison.ajoutes == []
    assert [(c.avant.numero, c.apres.numero) for c in comparaison.renumerotes] == [("3.3", "3.1")]
    assert [c.apres.numero for c in comparaison.reformules] == ["6.2"]
    assert [c.apres.numero for c in comparaison.retitres] == ["1.1"]
    assert len(comparaison.inchanges) == 8


def test_read_backwards_what_was_dropped_is_added(enquete_livree):
    comparaison = comparer(_version("CARNET"), _version("V1"))
    assert [t.numero for t in comparaison.ajoutes] == ["3.1", "3.2"]
    assert comparaison.disparus == []


def test_a_version_compared_with_itself_has_nothing_to_say(enquete_livree):
    comparaison = comparer(_version("V1"), _version("V1"))
    assert comparaison.rien_ne_change
    assert len(comparaison.inchanges) == 13
