"""The étapes of an enquête on a line of time, drawn from the same dates as the list beside it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from config.mesures_de_texte import en_lignes
from reflexes.models import Etape

LARGEUR = 360
MARGE = 8
RANGEE = 46
ENTETE = 26
CORPS = 12
# The line of months never carries more marks than it can hold.
MARQUES = 7
MOIS = [
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
]


@dataclass(frozen=True)
class Barre:
    """One étape: from its first to its last day, its title above."""

    etape: Etape
    x: float
    largeur: float
    y: int
    titre: str
    titre_x: float
    ancre: str


@dataclass(frozen=True)
class Frise:
    """What the picture is made of."""

    barres: list[Barre]
    marques: list[tuple[float, str]]
    sans_date: int

    largeur = LARGEUR

    @property
    def hauteur(self) -> int:
        """Of the whole picture."""
        return ENTETE + RANGEE * len(self.barres) + 6


def frise(etapes: Iterable[Etape]) -> Frise | None:
    """The picture of the dated étapes, in the order of their first day; None when none is dated."""
    toutes = list(etapes)
    datees = [(e, e.debut, max(e.fin or e.debut, e.debut)) for e in toutes if e.debut]
    if not datees:
        return None
    datees.sort(key=lambda d: (d[1], d[0].numero))
    debut = min(d for _, d, _ in datees).replace(day=1)
    fin = max(f for _, _, f in datees)
    jours = max((fin - debut).days + 1, 28)
    pas = (LARGEUR - 2 * MARGE) / jours

    def x(jour: dt.date) -> float:
        return round(MARGE + (jour - debut).days * pas, 1)

    barres = []
    for rang, (etape, premier, dernier) in enumerate(datees):
        gauche = x(premier)
        largeur = max(round(((dernier - premier).days + 1) * pas, 1), 7)
        y = ENTETE + RANGEE * rang
        a_droite = gauche > LARGEUR / 2
        place = gauche + largeur - MARGE if a_droite else LARGEUR - MARGE - gauche
        titre = en_lignes(f"{etape.numero}. {etape.titre}", place, CORPS, lignes=1)[0]
        titre_x = gauche + largeur if a_droite else gauche
        ancre = "end" if a_droite else "start"
        barres.append(Barre(etape, gauche, largeur, y, titre, titre_x, ancre))
    marques = [(x(jour), mot) for jour, mot in _marques(debut, fin)]
    return Frise(barres, marques, len(toutes) - len(datees))


def _marques(debut: dt.date, fin: dt.date) -> list[tuple[dt.date, str]]:
    """First days of months, or of years when there are too many."""
    mois = []
    jour = debut
    while jour <= fin:
        mois.append(jour)
        jour = (jour.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    if len(mois) <= MARQUES:
        return [(m, _mot(m, annee=m == debut or m.month == 1)) for m in mois]
    annees = [m for m in mois if m.month == 1] or mois[:1]
    pas = -(-len(annees) // MARQUES)
    return [(a, str(a.year)) for a in annees[::pas]]


def _mot(mois: dt.date, *, annee: bool) -> str:
    return f"{MOIS[mois.month - 1]} {mois.year}" if annee else MOIS[mois.month - 1]
