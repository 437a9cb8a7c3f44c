"""Search across the whole site: one query a kind, whatever is found, and one to mark the words.

Accents and case are ignored, words are stemmed in French (config/recherche.py).
"""

import dataclasses
from typing import TYPE_CHECKING, Any, cast

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db.models import ExpressionWrapper, F, QuerySet
from django.utils.safestring import SafeString

from accueil.extraits import Surligneur
from accueil.filtres import FiltreDesPistes
from accueil.genres import LOTS, Brut, Genre
from config.recherche import VecteurFrancais, requete_francaise
from pistes.querysets import EditionPisteQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur

PAR_GROUPE = 5
PAR_PAGE = 20
# Answers come best first, and a rank has no "after this one": the list has an end.
PAGES = 10
# Rows that are ranked, were the word found everywhere: ranking reads each text again.
CANDIDATS = PAGES * PAR_PAGE
CANDIDATS_D_UN_GROUPE = 60


@dataclasses.dataclass(frozen=True)
class Resultat:
    """One thing found: where it leads, its title, a word of what it is, the passage that answers."""

    adresse: str
    titre: SafeString
    precision: str
    passage: SafeString


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
    trouves = [
        (genre, lignes, PAR_GROUPE)
        for lot in LOTS
        for genre, lignes in _premieres(lot, user, requete).items()
    ]
    return [groupe for groupe in _presenter(saisie, trouves) if groupe.resultats]


def _premieres(
    lot: list[Genre], user: "Utilisateur | AnonymousUser", requete: SearchQuery
) -> dict[Genre, list[Any]]:
    """The best rows of each kind of a lot, and one more to know there are others. One query."""
    par_genre = [
        _classer(g, g.lignes(user), requete, CANDIDATS_D_UN_GROUPE)[: PAR_GROUPE + 1] for g in lot
    ]
    if len(lot) == 1:
        return {lot[0]: list(par_genre[0])}
    lignes = par_genre[0].union(*par_genre[1:], all=True)
    classees = sorted(lignes, key=lambda ligne: (-ligne["l_rang_titre"], -ligne["l_rang"]))
    return {g: [ligne for ligne in classees if ligne["l_genre"] == g.cle] for g in lot}


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
        toutes = genre.lignes(user)
        if filtre is not None:
            toutes = filtre.appliquer_pour(cast(EditionPisteQuerySet, toutes), user)
        lignes = list(_classer(genre, toutes, requete, CANDIDATS)[debut : debut + PAR_PAGE + 1])
    return _presenter(saisie, [(genre, lignes, PAR_PAGE)])[0]


def _classer(
    genre: Genre, lignes: "QuerySet[Any]", requete: SearchQuery, au_plus: int
) -> "QuerySet[Any]":
    """Those that answer; whose title says it first, then by how much they speak of it."""
    ordre = ["-l_rang", "pk"]
    titre = VecteurFrancais(*genre.champs_du_titre) if genre.champs_du_titre else None
    if genre.derniers:
        lignes = lignes.filter(pk__in=_candidats(genre, lignes, requete, au_plus))
    else:
        lignes = lignes.filter(recherche=requete)
    if titre is not None:
        lignes = lignes.annotate(l_rang_titre=SearchRank(titre, requete))
        ordre.insert(0, "-l_rang_titre")
    classees: QuerySet[Any] = lignes.annotate(l_rang=SearchRank(F("recherche"), requete))
    return classees.order_by(*ordre)


def _candidats(
    genre: Genre, lignes: "QuerySet[Any]", requete: SearchQuery, au_plus: int
) -> "QuerySet[Any]":
    """The latest that answer, and those whose title does."""
    repondent = lignes.filter(recherche=requete).order_by(*genre.derniers)
    candidats = repondent.values("pk")[:au_plus]
    if not genre.titre_indexe:
        return candidats
    dans_le_titre = ExpressionWrapper(
        VecteurFrancais(*genre.champs_du_titre), output_field=SearchVectorField()
    )
    par_titre = lignes.alias(l_titre=dans_le_titre).filter(l_titre=requete).order_by("pk")
    return candidats.union(par_titre.values("pk")[:au_plus])


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
