"""A column of an export: its title, where its value comes from, what it is; for both formats."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Literal

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate

from comptes.models import Utilisateur
from config.jours import PARIS

# What leaves, cleaned: a text is neutralised, an instant has become its Paris day.
Valeur = str | int | dt.date | None
Ligne = tuple[Valeur, ...]
Genre = Literal["texte", "nombre", "date", "choix", "oui_non"]

# What begins a formula in a spreadsheet program (OWASP, "CSV injection"), full-width signs too.
DEBUTS_DE_FORMULE = frozenset("=+-@\t\r\n＝＋－＠")


@dataclasses.dataclass(frozen=True)
class Lecture:
    """Who reads, and at which instant: what is shown depends on both."""

    user: Utilisateur | AnonymousUser
    at: dt.datetime


@dataclasses.dataclass(frozen=True)
class Colonne:
    """``source`` is a path of fields, or a function that gives an expression for a Lecture."""

    titre: str
    source: str | Callable[[Lecture], Any]
    genre: Genre = "texte"
    choix: Mapping[Any, str] = dataclasses.field(default_factory=dict)
    largeur: int = 18

    def expression(self, lecture: Lecture) -> Any:
        """What the database is asked for."""
        return F(self.source) if isinstance(self.source, str) else self.source(lecture)

    def nettoyer(self) -> Callable[[Any], Valeur]:
        """The function that cleans one value of this column."""
        if self.genre == "texte":
            return neutraliser
        if self.genre == "choix":
            libelles = {cle: neutraliser(str(libelle)) for cle, libelle in self.choix.items()}
            return lambda valeur: libelles.get(valeur, "")
        if self.genre == "oui_non":
            return lambda valeur: "Oui" if valeur else "Non"
        return lambda valeur: valeur


def neutraliser(texte: str | None) -> str:
    """The text, with an apostrophe before what a spreadsheet program would run as a formula.

    Leading spaces do not hide it: some programs trim them.
    """
    if not texte:
        return ""
    if texte[0] in DEBUTS_DE_FORMULE or (
        texte[0].isspace() and texte.lstrip()[:1] in DEBUTS_DE_FORMULE
    ):
        return f"'{texte}"
    return texte


def jour(champ: str) -> Callable[[Lecture], TruncDate]:
    """The Paris day of an instant, computed by the database."""
    return lambda lecture: TruncDate(champ, tzinfo=PARIS)


def nombre(lignes: Callable[[Lecture], QuerySet[Any]], lien: str, vers: str = "pk") -> Any:
    """How many rows point here through ``lien``: a subquery, so that no row asks another query."""

    def expression(lecture: Lecture) -> Coalesce:
        liees = lignes(lecture).filter(**{lien: OuterRef(vers)}).order_by()
        comptees = liees.values(lien).annotate(nombre=Count("pk")).values("nombre")
        return Coalesce(Subquery(comptees), 0, output_field=IntegerField())

    return expression
