"""The desk as a page shows it: each bac with its first lines, through one basket."""

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet, Value

from engagement.bacs import BACS, PANIERS, Bac, Cellules, Panier
from engagement.guichet import cellules_de, compter, dans_l_ordre, lignes_des, total, unir
from engagement.lignes import LigneDuGuichet, lire
from engagement.models import Dispositif

if TYPE_CHECKING:
    from comptes.models import Utilisateur

MONTREES = 5


@dataclasses.dataclass(frozen=True)
class Section:
    """A bac as the page shows it: its first lines, and how many there are."""

    bac: Bac
    lignes: list[LigneDuGuichet]
    nombre: int

    @property
    def autres(self) -> int:
        """How many are not shown."""
        return self.nombre - len(self.lignes)


@dataclasses.dataclass(frozen=True)
class PageDuGuichet:
    """The desk of one dispositif, through one basket."""

    sections: list[Section]
    # The sections of each group, for the table of contents; what each basket holds.
    paniers: list[tuple[str, str, int]]
    cellule: dict[int, "Utilisateur"]


def page(
    dispositif: Dispositif,
    user: "Utilisateur",
    panier: Panier = "cellule",
    groupe: str = "",
    at: dt.datetime | None = None,
) -> PageDuGuichet:
    """Everything the desk shows. Seven queries at most, however much there is."""
    cellules = cellules_de([dispositif.pk])
    lignes = lignes_des(BACS, cellules, at)
    nombres = compter(user, cellules, at, lignes=lignes)[dispositif.pk]
    bacs = [
        bac
        for bac in BACS
        if nombres[bac.cle][panier] and (not groupe or bac.groupe in {groupe, "aide"})
    ]
    premieres: dict[str, list[int]] = {bac.cle: [] for bac in bacs}
    for cle, pk in unir(
        _premieres(bac, lignes[bac.cle], user, cellules, panier, at) for bac in bacs
    ):
        premieres[cle].append(pk)
    lues = lire(bacs, premieres, cellules[dispositif.pk], at)
    return PageDuGuichet(
        sections=[Section(bac, lues[bac.cle], nombres[bac.cle][panier]) for bac in bacs],
        paniers=[(cle, titre, total(nombres, cle)) for cle, titre in PANIERS.items()],
        cellule=cellules[dispositif.pk],
    )


def _premieres(
    bac: Bac,
    lignes: QuerySet[Any],
    user: "Utilisateur",
    cellules: Cellules,
    panier: Panier,
    at: dt.datetime | None,
) -> QuerySet[Any]:
    ordonnees = dans_l_ordre(bac, user, cellules, panier, at, lignes)
    premieres: QuerySet[Any] = ordonnees.annotate(bac=Value(bac.cle)).values_list("bac", "pk")
    return premieres[:MONTREES]
