"""What can be taken out: for each export its filter, its rows and its columns."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from comptes.models import Utilisateur
from config.filtres import Filtre
from rapports.colonnes import Colonne, Lecture, Ligne

# Rows fetched at once from the server's cursor: memory does not grow with the export.
LOT = 2000


class ColonneInconnue(Exception):
    """A column was asked for that this export does not have; the message names it."""


def connecte(user: Utilisateur | AnonymousUser) -> bool:
    """Anybody signed in: what they export is what they may read on a screen, row by row."""
    return user.is_authenticated


@dataclasses.dataclass(frozen=True)
class Export:
    """One kind of data: ``selection`` is the rows of the screen, ``joindre`` what columns need.

    ``ouvert_a``: who may take it at all; which rows, the selection says.
    """

    cle: str
    titre: str
    presentation: str
    colonnes: tuple[Colonne, ...]
    filtre: Callable[[Mapping[str, Any], Utilisateur | AnonymousUser], Filtre]
    selection: Callable[[Filtre, Lecture], QuerySet[Any]]
    joindre: Callable[[QuerySet[Any]], QuerySet[Any]]
    ouvert_a: Callable[[Utilisateur | AnonymousUser], bool] = connecte

    def pour(self, user: Utilisateur | AnonymousUser) -> "Export":
        """The same with the columns this person may read."""
        if getattr(user, "est_administrateur", False):
            return self
        libres = tuple(colonne for colonne in self.colonnes if not colonne.reservee)
        return dataclasses.replace(self, colonnes=libres)

    def reduit_a(self, cles: Sequence[str]) -> "Export":
        """The same with these columns only, in the order of the export; all of them when none is named.

        Raises ColonneInconnue.
        """
        if not cles:
            return self
        if inconnues := set(cles) - {colonne.cle for colonne in self.colonnes}:
            raise ColonneInconnue(", ".join(sorted(inconnues)))
        gardees = tuple(colonne for colonne in self.colonnes if colonne.cle in set(cles))
        return dataclasses.replace(self, colonnes=gardees)

    def requete(self, filtre: Filtre, lecture: Lecture) -> QuerySet[Any]:
        """The rows as tuples of raw values: their key, then the columns in order. Nothing is read yet."""
        expressions = {
            f"colonne_{rang}": colonne.expression(lecture)
            for rang, colonne in enumerate(self.colonnes)
        }
        lignes = self.joindre(self.selection(filtre, lecture)).annotate(**expressions)
        return cast("QuerySet[Any]", lignes.values_list("pk", *expressions))

    def lignes(self, filtre: Filtre, lecture: Lecture, *, tableur: bool = True) -> Iterator[Ligne]:
        """The cleaned rows, one query in all, read as they are asked for."""
        brutes = self.requete(filtre, lecture).iterator(chunk_size=LOT)
        return (ligne for _, ligne in self.nettoyees(brutes, tableur=tableur))

    def nettoyees(
        self, brutes: Iterable[Any], *, tableur: bool = True
    ) -> Iterator[tuple[int, Ligne]]:
        """The key and the cleaned columns of the rows of ``requete``."""
        nettoyeurs = [colonne.nettoyer(tableur=tableur) for colonne in self.colonnes]
        for cle, *brute in brutes:
            yield cle, tuple([nettoyer(v) for nettoyer, v in zip(nettoyeurs, brute, strict=True)])

    def nombre(self, filtre: Filtre, lecture: Lecture) -> int:
        """How many rows would leave. One query."""
        return self.selection(filtre, lecture).count()
