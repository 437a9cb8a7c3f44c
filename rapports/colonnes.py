"""A column of an export: its title, where its value comes from, what it is; for both formats."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Literal

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils.text import slugify

from comptes.models import Utilisateur
from config.jours import PARIS

# What leaves, cleaned: a text is neutralised, an instant has become its Paris day.
Valeur = str | int | dt.date | None
Ligne = tuple[Valeur, ...]
Genre = Literal["texte", "nombre", "date", "choix", "oui_non"]
GENRES: dict[Genre, str] = {
    "texte": "Du texte",
    "nombre": "Un nombre entier",
    "date": "Une date (jour de Paris)",
    "oui_non": "Oui ou Non",
}

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
    aide: str = ""  # for the dictionary, where the title does not say it all
    reservee: bool = False  # for administrateurs alone

    @property
    def cle(self) -> str:
        """Its name in an address and in JSON: « Ce qu'on a appris » is « ce_qu_on_a_appris »."""
        return slugify(self.titre.replace("'", " ")).replace("-", "_")

    @property
    def en_mots(self) -> str:
        """What its values are, for the dictionary."""
        if self.genre == "choix":
            nature = f"Au choix : {', '.join(str(mots) for mots in self.choix.values())}"
        else:
            nature = GENRES[self.genre]
        return f"{self.aide} {nature}.".strip()

    def expression(self, lecture: Lecture) -> Any:
        """What the database is asked for."""
        return F(self.source) if isinstance(self.source, str) else self.source(lecture)

    def nettoyer(self, *, tableur: bool = True) -> Callable[[Any], Valeur]:
        """The function that cleans one value of this column (``tableur``: a spreadsheet may open it)."""
        if self.genre == "texte":
            return neutraliser if tableur else (lambda valeur: valeur or "")
        if self.genre == "choix":
            libelles = {cle: str(libelle) for cle, libelle in self.choix.items()}
            return lambda valeur: libelles.get(valeur, "")
        if self.genre == "oui_non":
            return lambda valeur: "Oui" if valeur else "Non"
        return lambda valeur: valeur


def neutraliser(texte: str | None) -> str:
    """The text, with an apostrophe before what a spreadsheet program would run as a formula.

    Leading spaces do not hide it: some programs trim them. A text that looks neutralised already gets one
    more, so that ``deneutraliser`` gives every text back.
    """
    if not texte:
        return ""
    debut = texte[0]
    if debut in DEBUTS_DE_FORMULE:
        return f"'{texte}"
    if (debut == "'" or debut.isspace()) and _se_lit_comme_une_formule(texte):
        return f"'{texte}"
    return texte


def deneutraliser(texte: str) -> str:
    """What ``neutraliser`` was given."""
    if texte.startswith("'") and _se_lit_comme_une_formule(texte):
        return texte[1:]
    return texte


def _se_lit_comme_une_formule(texte: str) -> bool:
    sans = texte.lstrip("'")
    return (
        sans[:1] in DEBUTS_DE_FORMULE
        or (sans[:1].isspace() and sans.lstrip()[:1] in DEBUTS_DE_FORMULE)
        if sans
        else False
    )


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
