"""What can be taken out: for each export its filter, its rows and its columns."""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from comptes.models import Utilisateur
from config.filtres import Filtre
from rapports.colonnes import Colonne, Lecture, Ligne

# Rows fetched at once from the server's cursor: memory does not grow with the export.
LOT = 2000


@dataclasses.dataclass(frozen=True)
class Export:
    """One kind of data: ``selection`` is the rows of the screen, ``joindre`` what columns need."""

    cle: str
    titre: str
    presentation: str
    colonnes: tuple[Colonne, ...]
    filtre: Callable[[Mapping[str, Any], Utilisateur | AnonymousUser], Filtre]
    selection: Callable[[Filtre, Lecture], QuerySet[Any]]
    joindre: Callable[[QuerySet[Any]], QuerySet[Any]]

    def requete(self, filtre: Filtre, lecture: Lecture) -> QuerySet[Any]:
        """The rows as tuples of raw values, in the order of the columns. Nothing is read yet."""
        expressions = {
            f"colonne_{rang}": colonne.expression(lecture)
            for rang, colonne in enumerate(self.colonnes)
        }
        lignes = self.joindre(self.selection(filtre, lecture)).annotate(**expressions)
        return cast("QuerySet[Any]", lignes.values_list(*expressions))

    def lignes(self, filtre: Filtre, lecture: Lecture) -> Iterator[Ligne]:
        """The cleaned rows, one query in all, read as they are asked for."""
        nettoyeurs = [colonne.nettoyer() for colonne in self.colonnes]
        for brute in self.requete(filtre, lecture).iterator(chunk_size=LOT):
            yield tuple([nettoyer(v) for nettoyer, v in zip(nettoyeurs, brute, strict=True)])

    def nombre(self, filtre: Filtre, lecture: Lecture) -> int:
        """How many rows would leave. One query."""
        return self.selection(filtre, lecture).count()
