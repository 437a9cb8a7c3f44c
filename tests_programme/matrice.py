"""The matrice de l'initiative: degree of engagement × degree of accompagnement (TOPOGUIDE, partie 2,
« Initiatives spontanées : de quoi parle-t-on ? »). The degrees, in our words, go from 1 to 5.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests_programme.models import Test

SOURCE = "TOPOGUIDE, partie 2, la matrice de l'initiative ; les degrés sont dits dans nos mots"

# How far people go.
ENGAGEMENT = {
    1: "Un coup de main ponctuel, dans son équipe",
    2: "Quelques heures auprès d'un service voisin",
    3: "Une idée essayée sur son propre poste",
    4: "Une idée menée à plusieurs, sur un temps prévu",
    5: "Un nouveau service ou un nouvel outil, porté jusqu'au bout",
}
# How much they are helped.
ACCOMPAGNEMENT = {
    1: "Feu vert d'avance, rien à demander",
    2: "Un·e responsable au courant, qui laisse faire",
    3: "Un peu de temps et un appui proche",
    4: "Une équipe désignée qui aide régulièrement",
    5: "Un dispositif complet : du temps, des moyens, des conseils",
}

# The drawing, in units of its viewBox.
LARGEUR, HAUTEUR = 420, 372
GAUCHE, HAUT, CASE_L, CASE_H = 56, 8, 72, 60
NUMEROS_PAR_CASE = 4


@dataclasses.dataclass(frozen=True)
class Place:
    """One test of the drawing, under its number."""

    numero: int
    test: "Test"

    @property
    def engagement(self) -> str:
        """The degree in words."""
        return f"{self.test.degre_engagement}. {ENGAGEMENT[self.test.degre_engagement or 0]}"

    @property
    def accompagnement(self) -> str:
        """The degree in words."""
        return (
            f"{self.test.degre_accompagnement}. "
            f"{ACCOMPAGNEMENT[self.test.degre_accompagnement or 0]}"
        )


@dataclasses.dataclass(frozen=True)
class Case:
    """One of the 25 squares."""

    x: int
    y: int
    texte: str = ""

    largeur = CASE_L
    hauteur = CASE_H

    @property
    def centre(self) -> tuple[int, int]:
        """Where its text stands."""
        return self.x + CASE_L // 2, self.y + CASE_H // 2


@dataclasses.dataclass(frozen=True)
class Matrice:
    """The drawing and its table. Nothing is drawn without a placed test."""

    places: list[Place]
    cases: list[Case]

    largeur, hauteur = LARGEUR, HAUTEUR
    gauche, haut = GAUCHE, HAUT
    droite, bas = GAUCHE + 5 * CASE_L, HAUT + 5 * CASE_H
    source = SOURCE

    @property
    def pleines(self) -> list[Case]:
        """The squares where somebody is: drawn last, their border whole."""
        return [case for case in self.cases if case.texte]

    @property
    def en_mots(self) -> str:
        """What the drawing shows, for who does not see it."""
        un = len(self.places) < 2
        return (
            f"{len(self.places)} test{'' if un else 's'} placé{'' if un else 's'} selon l'engagement demandé et "
            "l'accompagnement offert. Le tableau qui suit dit la même chose."
        )

    @property
    def graduations(self) -> list[tuple[int, int, int]]:
        """For each degree: its number, its x under the drawing, its y on the left."""
        return [
            (
                degre,
                GAUCHE + CASE_L * degre - CASE_L // 2,
                HAUT + CASE_H * (6 - degre) - CASE_H // 2,
            )
            for degre in range(1, 6)
        ]


def matrice(tests: Iterable["Test"]) -> Matrice:
    """The matrice of those of the tests that are placed, in their order. No query beside theirs."""
    places = [
        Place(numero, test) for numero, test in enumerate((t for t in tests if t.est_place), 1)
    ]
    occupees = defaultdict(list)
    for place in places:
        occupees[place.test.degre_engagement, place.test.degre_accompagnement].append(place.numero)
    cases = [
        Case(
            GAUCHE + CASE_L * (x - 1),
            HAUT + CASE_H * (5 - y),
            _texte(occupees.get((x, y), [])),
        )
        for y in range(5, 0, -1)
        for x in range(1, 6)
    ]
    return Matrice(places, cases)


def _texte(numeros: list[int]) -> str:
    if len(numeros) > NUMEROS_PAR_CASE:
        return f"{len(numeros)} tests"
    return ", ".join(str(numero) for numero in numeros)
