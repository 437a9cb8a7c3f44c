"""Where a test comes from and what came of it, as a tree a reader may see; drawn in one column.

A test's origin is older than itself (a constraint), so there is no circle; each way is capped all the same.
"""

import dataclasses
from typing import TYPE_CHECKING, Any

from django.db import connection

from tests_programme.models import Test

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur

GENERATIONS = 50
TESTS_MAXIMUM = 200
# The drawing, in its own units: one line a test, one step a generation.
LIGNE, PAS, MARGE = 56, 28, 16
# How long a title is, on one line, and how wide a letter may be in whatever type the reader has.
LETTRES, LETTRE = 28, 10

ASCENDANTS = """
WITH RECURSIVE lignee(id, issu_de_id, rang) AS (
    SELECT id, issu_de_id, 0 FROM tests_programme_test WHERE id = %s
    UNION ALL
    SELECT parent.id, parent.issu_de_id, lignee.rang + 1
    FROM tests_programme_test parent JOIN lignee ON parent.id = lignee.issu_de_id
    WHERE lignee.rang < %s
) SELECT id FROM lignee ORDER BY rang DESC LIMIT 1
"""
DESCENDANTS = """
WITH RECURSIVE lignee(id, issu_de_id, rang) AS (
    SELECT id, issu_de_id, 0 FROM tests_programme_test WHERE id = %s
    UNION ALL
    SELECT enfant.id, enfant.issu_de_id, lignee.rang + 1
    FROM tests_programme_test enfant JOIN lignee ON enfant.issu_de_id = lignee.id
    WHERE lignee.rang < %s
) SELECT id, issu_de_id FROM lignee ORDER BY rang, id LIMIT %s
"""


@dataclasses.dataclass
class Noeud:
    """One test of the tree. ``indirect``: what lies between it and its parent is not shown to this reader."""

    test: Test
    numero: int
    profondeur: int
    parent: "Noeud | None" = None
    indirect: bool = False
    ici: bool = False

    @property
    def x(self) -> int:
        """Where its point is, across."""
        return MARGE + self.profondeur * PAS

    @property
    def y(self) -> int:
        """Where its point is, down."""
        return MARGE + (self.numero - 1) * LIGNE

    @property
    def x_du_texte(self) -> int:
        """Where its words begin."""
        return self.x + MARGE

    @property
    def y_du_detail(self) -> int:
        """The line under its title."""
        return self.y + 20

    @property
    def titre(self) -> str:
        """Its title on one line of the drawing; whole in the table."""
        return f"{self.numero}. {_en_bref(self.test.titre)}"

    @property
    def detail(self) -> str:
        """Who leads it, and where it stands."""
        return f"{_en_bref(str(self.test.organisation))}, {self.test.etat_libelle.lower()}"


@dataclasses.dataclass(frozen=True)
class Arbre:
    """The tree: its tests in the order they are drawn, and whether there are more."""

    noeuds: list[Noeud]
    coupe: bool = False

    @property
    def largeur(self) -> int:
        """Of the drawing, in its units."""
        ecrits = [n.x_du_texte + LETTRE * len(n.titre) for n in self.noeuds]
        return max([*ecrits, *(n.x_du_texte + 8 * len(n.detail) for n in self.noeuds)])

    @property
    def hauteur(self) -> int:
        """Of the drawing, in its units."""
        return (len(self.noeuds) - 1) * LIGNE + 3 * MARGE

    @property
    def traits(self) -> list[tuple[str, bool]]:
        """From each parent to its child: the path, and whether it is indirect."""
        return [
            (f"M{n.parent.x} {n.parent.y + 7}V{n.y}H{n.x - 7}", n.indirect)
            for n in self.noeuds
            if n.parent is not None
        ]


def _en_bref(texte: str) -> str:
    return texte if len(texte) <= LETTRES else f"{texte[: LETTRES - 1].rstrip()}…"


def lignee_de(test: Test, user: "Utilisateur | AnonymousUser") -> Arbre:
    """Every ancestor and descendant this reader may see. Four queries at most, whatever their number."""
    with connection.cursor() as curseur:
        curseur.execute(ASCENDANTS, [test.pk, GENERATIONS])
        (racine,) = curseur.fetchone() or (test.pk,)
        liens = _descendants(curseur, racine)
        if test.pk not in dict(liens[:TESTS_MAXIMUM]):  # too far down a very large tree
            liens = _descendants(curseur, test.pk)
    coupe = racine not in dict(liens) or len(liens) > TESTS_MAXIMUM
    parents = dict(liens[:TESTS_MAXIMUM])
    visibles = Test.objects.visible_to(user).filter(pk__in=parents).pour_liste()
    return Arbre(_dessiner(parents, {t.pk: t for t in visibles}, test), coupe)


def _descendants(curseur: Any, racine: int) -> list[tuple[int, int | None]]:
    curseur.execute(DESCENDANTS, [racine, 2 * GENERATIONS, TESTS_MAXIMUM + 1])
    return list(curseur.fetchall())


def lignee_proche(test: Test, origine: Test | None, suivants: list[Test]) -> Arbre:
    """The same tree around one test: where it comes from, what came of it. No query."""
    parents: dict[int, int | None] = {suivant.pk: test.pk for suivant in suivants}
    parents[test.pk] = origine.pk if origine else None
    if origine:
        parents[origine.pk] = None
    proches = {t.pk: t for t in [test, *suivants, *([origine] if origine else [])]}
    return Arbre(_dessiner(parents, proches, test))


def _dessiner(parents: dict[int, int | None], visibles: dict[int, Test], ici: Test) -> list[Noeud]:
    """Depth first, oldest child first; what the reader may not see is skipped, and its children move up."""
    enfants: dict[int | None, list[int]] = {}
    for pk, issu_de in sorted(parents.items()):
        enfants.setdefault(issu_de if issu_de in parents else None, []).append(pk)
    noeuds: list[Noeud] = []
    pile: list[tuple[int, Noeud | None, bool]] = [
        (pk, None, False) for pk in reversed(enfants.get(None, []))
    ]
    while pile:
        pk, parent, saute = pile.pop()
        noeud, montre = parent, visibles.get(pk)
        if montre is not None:
            rang = parent.profondeur + 1 if parent else 0
            indirect = parent is not None and saute
            noeud = Noeud(montre, len(noeuds) + 1, rang, parent, indirect, pk == ici.pk)
            noeuds.append(noeud)
        pile += [(enfant, noeud, montre is None) for enfant in reversed(enfants.get(pk, []))]
    return noeuds
