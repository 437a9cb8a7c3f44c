"""Search across the whole site: one query a kind, whatever is found, and one to mark the words.

Accents and case are ignored, words are stemmed in French (config/recherche.py).
"""

import dataclasses
from typing import TYPE_CHECKING, Any, cast

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, QuerySet

from accueil.extraits import Morceau, Surligneur
from accueil.filtres import FiltreDesPistes
from accueil.genres import GENRES, Brut, Genre
from config.recherche import VecteurFrancais, requete_francaise
from pistes.querysets import EditionPisteQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur

PAR_GROUPE = 5
PAR_PAGE = 20
# Answers come best first, and a rank has no "after this one": the list has an end.
PAGES = 10


@dataclasses.dataclass(frozen=True)
class Resultat:
    """One thing found: where it leads, its title, a word of what it is, the passage that answers."""

    adresse: str
    titre: list[Morceau]
    precision: str
    passage: list[Morceau]


@dataclasses.dataclass(frozen=True)
class Groupe:
    """What was found of one kind; ``autres`` when there is more than is shown."""

    cle: str
    titre: str
    resultats: list[Resultat]
    autres: bool


def chercher(saisie: str, user: "Utilisateur | AnonymousUser") -> list[Groupe]:
    """The first answers of every kind that has some. Eight queries; none when nothing was typed."""
    requete = requete_francaise(saisie)
    if requete is None:
        return []
    trouves = []
    for genre in GENRES:
        lignes = _classer(genre, genre.lignes(user, requete), requete)
        trouves.append((genre, list(lignes[: PAR_GROUPE + 1]), PAR_GROUPE))
    return [groupe for groupe in _presenter(saisie, trouves) if groupe.resultats]


def chercher_parmi(
    genre: Genre,
    saisie: str,
    user: "Utilisateur | AnonymousUser",
    *,
    page: int = 1,
    filtre: FiltreDesPistes | None = None,
) -> Groupe:
    """One page of the answers of one kind, narrowed by a filter. Two queries."""
    requete = requete_francaise(saisie)
    debut = (page - 1) * PAR_PAGE
    lignes: list[Any] = []
    if requete is not None:
        toutes = genre.lignes(user, requete)
        if filtre is not None:
            toutes = filtre.appliquer_pour(cast(EditionPisteQuerySet, toutes), user)
        lignes = list(_classer(genre, toutes, requete)[debut : debut + PAR_PAGE + 1])
    return _presenter(saisie, [(genre, lignes, PAR_PAGE)])[0]


def _classer(genre: Genre, lignes: "QuerySet[Any]", requete: SearchQuery) -> "QuerySet[Any]":
    """Those whose title says it come first."""
    ordre: list[Any] = [SearchRank(F("recherche"), requete).desc(), "pk"]
    if genre.champs_du_titre:
        ordre.insert(0, SearchRank(VecteurFrancais(*genre.champs_du_titre), requete).desc())
    return lignes.order_by(*ordre)


def _presenter(saisie: str, trouves: list[tuple[Genre, list[Any], int]]) -> list[Groupe]:
    """Rows as results, their words marked. One query for all the groups."""
    groupes = [
        (genre, [genre.brut(ligne) for ligne in lignes[:montres]], len(lignes) > montres)
        for genre, lignes, montres in trouves
    ]
    bruts = [brut for _, siens, _ in groupes for brut in siens]
    surligneur = Surligneur(saisie, (texte for b in bruts for texte in (b.titre, *b.textes)))
    return [
        Groupe(genre.cle, genre.titre, [_resultat(brut, surligneur) for brut in siens], autres)
        for genre, siens, autres in groupes
    ]


def _resultat(brut: Brut, surligneur: Surligneur) -> Resultat:
    titre, passage = surligneur.marquer(brut.titre), surligneur.extrait(brut.textes)
    return Resultat(brut.adresse, titre, brut.precision, passage)
