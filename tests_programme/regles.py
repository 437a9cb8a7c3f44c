"""The five rules of a test as a check list (TOPOGUIDE, fiche outil, March 2022): fulfilled, or what is missing."""

import dataclasses
from typing import TYPE_CHECKING

from tests_programme.accords import EtatAccord, accords_manquants
from tests_programme.manques import Manque, manques_pour_demarrer

if TYPE_CHECKING:
    from tests_programme.models import Test

REGLES = {
    1: "Il vérifie une hypothèse",
    2: "Il est léger et réversible",
    3: "Sa durée est limitée",
    4: "Il sera évalué",
    5: "Chacun·e sait que c'est un test",
}


@dataclasses.dataclass(frozen=True)
class Regle:
    """One rule, and what it still lacks. ``a_venir``: nobody has begun."""

    numero: int
    titre: str
    manques: list[Manque]
    a_venir: bool = False

    @property
    def est_remplie(self) -> bool:
        """Whether nothing is missing."""
        return not (self.manques or self.a_venir)


def regles_a_venir() -> list[Regle]:
    """The five, before the test exists."""
    return [Regle(numero, titre, [], a_venir=True) for numero, titre in REGLES.items()]


def regles(test: "Test", accords: list[EtatAccord] | None = None) -> list[Regle]:
    """The five, in their order. ``accords``: where they stand, when the caller knows.

    Some eight queries, whatever the number of parties; three less with ``accords``.
    """
    return ranger(manques_pour_demarrer(test) + accords_manquants(test, "demarrage", accords))


def ranger(manques: list[Manque]) -> list[Regle]:
    """What is missing, rule by rule."""
    return [
        Regle(numero, titre, [manque for manque in manques if manque.regle == numero])
        for numero, titre in REGLES.items()
    ]
