"""What changed from V1 to the notebook, on the shipped corpus."""

from django.urls import reverse

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


def test_between_the_two_no_terrain_moves_and_no_controverse_changes(enquete_livree):
    comparaison = comparer(_version("V1"), _version("CARNET"))
    assert comparaison.deplaces == []
    assert comparaison.controverses_disparues == comparaison.controverses_ajoutees == []
    assert comparaison.controverses_changees == []


def test_the_page_shows_the_words_that_changed(client, enquete_livree):
    adresse = reverse("reflexes:comparaison", args=["reflexes-publics-2020", "v1", "carnet"])
    page = client.get(adresse).content.decode()
    assert "[retiré : </span>devenirs<span" in page
    assert "[ajouté : </span>devenir<span" in page


def test_read_backwards_what_was_dropped_is_added(enquete_livree):
    comparaison = comparer(_version("CARNET"), _version("V1"))
    assert [t.numero for t in comparaison.ajoutes] == ["3.1", "3.2"]
    assert comparaison.disparus == []


def test_a_version_compared_with_itself_has_nothing_to_say(enquete_livree):
    comparaison = comparer(_version("V1"), _version("V1"))
    assert comparaison.rien_ne_change
    assert len(comparaison.inchanges) == 13
