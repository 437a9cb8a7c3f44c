"""What the page of a test, and any other report on it, shows of the voices."""

import dataclasses
from typing import TYPE_CHECKING

from tests_programme import resultats

if TYPE_CHECKING:
    from tests_programme.models import Test, Voix

# The others are on their own page.
MONTREES = 12


@dataclasses.dataclass(frozen=True)
class VoixMontrees:
    """Published voices, those that disagree with the verdict first, and what was answered."""

    voix: "list[Voix]"
    plus_de_voix: bool
    avis: resultats.Graphique | None


def voix_montrees(test: "Test") -> VoixMontrees:
    """Nothing before the évaluation is published. Two queries."""
    if test.etat != "evalue":
        return VoixMontrees([], False, None)
    voix = list(test.voix.publiees().avec_divergence()[: MONTREES + 1])
    avis = None if test.est_recit else resultats.sur_l_hypothese(test)
    publiable = avis if avis and avis.est_publiable else None
    return VoixMontrees(voix[:MONTREES], len(voix) > MONTREES, publiable)
