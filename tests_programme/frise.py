"""The frise of a programme: its dated tests on one axis of time, as numbers a template draws."""

import dataclasses
import datetime as dt
import textwrap
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from config.jours import jour_de
from tests_programme.echeances import dernier_jour

if TYPE_CHECKING:
    from tests_programme.models import Test

# The drawing, in units of its viewBox.
LARGEUR, GAUCHE, DROITE = 1200, 440, 1190
HAUT, RANG, TITRE = 44, 22, 30
LABEL = 64
# Further from every test than that, today is told in words instead of drawn.
PRES = dt.timedelta(days=92)
MOIS = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Barre:
    """One dated test."""

    test: "Test"
    debut: dt.date
    fin: dt.date

    @cached_property
    def nom(self) -> str:
        """What the link is called."""
        return f"{self.test.titre} · {self.test.organisation}"

    @cached_property
    def nom_court(self) -> str:
        """The same on one line of the drawing."""
        return textwrap.shorten(self.nom, LABEL, placeholder="…")


@dataclasses.dataclass(frozen=True)
class Trace:
    """A bar in its place; ``y`` is the middle of its line."""

    barre: Barre
    x: int
    y: int
    largeur: int

    @property
    def haut(self) -> int:
        """The top of the bar."""
        return self.y - 6


@dataclasses.dataclass
class Frise:
    """What the template draws. ``sans_dates``: the tests that have no place on it."""

    barres: list[Barre]
    sans_dates: list["Test"]
    titres: list[tuple[int, str]] = dataclasses.field(default_factory=list)
    traces: list[Trace] = dataclasses.field(default_factory=list)
    graduations: list[tuple[int, str]] = dataclasses.field(default_factory=list)
    aujourdhui: int | None = None
    hauteur: int = HAUT

    largeur, gauche, droite, haut = LARGEUR, GAUCHE, DROITE, HAUT

    @property
    def bas(self) -> int:
        """Where the vertical lines end."""
        return self.hauteur - 8


def frise(tests: Iterable["Test"], at: dt.datetime | None = None) -> Frise:
    """The frise of tests that come grouped by piste, at an instant (now when None). No query.

    A draft with a date begins today at the earliest: it is drawn as what is planned.
    """
    tests, jour = list(tests), jour_de(at)
    barres = {test.pk: barre for test in tests if (barre := _barre(test, jour, at))}
    faite = Frise(list(barres.values()), [test for test in tests if test.pk not in barres])
    if faite.barres:
        _placer(faite, jour)
    return faite


def _barre(test: "Test", jour: dt.date, at: dt.datetime | None) -> Barre | None:
    fin = dernier_jour(test)
    if fin is None or test.est_recit:
        return None
    if test.demarre_le is not None:
        debut = jour_de(test.demarre_le)
        return Barre(test, debut, max(debut, fin))
    prevu = test.etat_au(at) == "preparation" and fin >= jour
    return Barre(test, jour, fin) if prevu else None


def _placer(faite: Frise, jour: dt.date) -> None:
    premier = min(barre.debut for barre in faite.barres)
    dernier = max(barre.fin for barre in faite.barres)
    if premier - PRES <= jour <= dernier + PRES:
        premier, dernier = min(premier, jour), max(dernier, jour)
    premier, dernier = premier.replace(day=1), _mois_suivant(dernier)
    duree = (dernier - premier).days

    def x(quand: dt.date) -> int:
        return GAUCHE + round((DROITE - GAUCHE) * (quand - premier).days / duree)

    faite.graduations = [(x(mois), texte) for mois, texte in _graduations(premier, dernier)]
    if premier <= jour < dernier:
        faite.aujourdhui = x(jour)
    y = HAUT
    for titre, groupe in groupby(faite.barres, key=lambda barre: barre.test.titre_piste):  # type: ignore[attr-defined]
        faite.titres.append((y + TITRE - 8, titre or "Piste sans texte public"))
        y += TITRE
        for barre in groupe:
            gauche, droite = x(barre.debut), x(barre.fin + dt.timedelta(days=1))
            faite.traces.append(Trace(barre, gauche, y + RANG // 2, max(droite - gauche, 4)))
            y += RANG
    faite.hauteur = y + 12


def _graduations(premier: dt.date, dernier: dt.date) -> Iterator[tuple[dt.date, str]]:
    """Months, quarters or years: never more than some twenty."""
    mois = (dernier.year - premier.year) * 12 + dernier.month - premier.month
    pas = 1 if mois <= 16 else 3 if mois <= 48 else 12
    quand = premier
    while quand < dernier:
        if (quand.month - 1) % pas == 0:
            dit_l_annee = quand.month == 1 or quand == premier
            nom = str(quand.year) if pas == 12 else MOIS[quand.month - 1]
            yield quand, f"{nom} {quand.year}" if dit_l_annee and pas < 12 else nom
        quand = _mois_suivant(quand)


def _mois_suivant(jour: dt.date) -> dt.date:
    return (jour.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
