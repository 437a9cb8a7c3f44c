"""Search across the whole site: one query a group, whatever is found.

Accents and case are ignored, words are stemmed in French (config/recherche.py).
"""

import dataclasses
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, QuerySet

from accueil.extraits import extrait
from config.recherche import VecteurFrancais, mots, requete_francaise
from pistes.models import EditionOrientation, EditionPiste
from reflexes.models import ControverseFigee, TerrainFige
from tests_programme.models import Enseignement, Test

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur

PAR_GROUPE = 10


@dataclasses.dataclass(frozen=True)
class Resultat:
    """One thing found: where it leads, its title, a word of what it is, the passage that answers."""

    adresse: str
    titre: str
    precision: str
    passage: str


@dataclasses.dataclass(frozen=True)
class Groupe:
    """What was found of one kind; ``autres`` when there is more than is shown."""

    titre: str
    resultats: list[Resultat]
    autres: bool


def chercher(saisie: str, user: "Utilisateur | AnonymousUser") -> list[Groupe]:
    """The groups that hold something, best answers first. Six queries; none when nothing was typed."""
    requete = requete_francaise(saisie)
    if requete is None:
        return []
    cherches = mots(saisie)
    tests = Test.objects.visible_to(user)
    lecons = Enseignement.objects.visible_to(user).recents()
    sources: list[tuple[str, QuerySet[Any], tuple[str, ...], Callable[..., Resultat]]] = [
        ("Pistes", _pistes(), ("titre",), _piste),
        ("Orientations", _orientations(), ("titre",), _orientation),
        ("Controverses", _controverses(), ("theme", "pole_a", "pole_b"), _controverse),
        ("Terrains", _terrains(), ("titre",), _terrain),
        ("Tests", tests.pour_liste(), ("titre",), _test),
        ("Enseignements", lecons, ("texte",), _enseignement),
    ]
    groupes = []
    for titre, lignes, champs_du_titre, en_resultat in sources:
        trouvees = _trouver(lignes, champs_du_titre, requete)
        resultats = [en_resultat(ligne, cherches) for ligne in trouvees[:PAR_GROUPE]]
        groupes.append(Groupe(titre, resultats, len(trouvees) > PAR_GROUPE))
    return [groupe for groupe in groupes if groupe.resultats]


def _trouver(
    lignes: "QuerySet[Any]", champs_du_titre: tuple[str, ...], requete: SearchQuery
) -> list[Any]:
    """One more row than is shown; those whose title says it come first."""
    dans_le_titre = SearchRank(VecteurFrancais(*champs_du_titre), requete)
    trouvees = lignes.filter(recherche=requete).order_by(
        dans_le_titre.desc(), SearchRank(F("recherche"), requete).desc(), "pk"
    )
    return list(trouvees[: PAR_GROUPE + 1])


def _pistes() -> "QuerySet[EditionPiste]":
    return EditionPiste.objects.publies().select_related("piste__recueil")


def _orientations() -> "QuerySet[EditionOrientation]":
    return EditionOrientation.objects.publies().select_related("orientation__recueil")


def _controverses() -> "QuerySet[ControverseFigee]":
    return ControverseFigee.objects.en_vigueur().select_related("controverse__enquete")


def _terrains() -> "QuerySet[TerrainFige]":
    return TerrainFige.objects.en_vigueur().select_related(
        "terrain", "controverse__controverse__enquete"
    )


def _resultat(
    ligne: Any, titre: str, precision: str, textes: Iterable[str], cherches: list[str]
) -> Resultat:
    return Resultat(ligne.get_absolute_url(), titre, precision, extrait(textes, cherches))


def _piste(edition: EditionPiste, cherches: list[str]) -> Resultat:
    textes = (edition.accroche, edition.constat, edition.levier, edition.texte_annexe)
    return _resultat(edition, edition.titre, edition.piste.recueil.titre, textes, cherches)


def _orientation(edition: EditionOrientation, cherches: list[str]) -> Resultat:
    precision = f"#{edition.orientation.mot_cle}, {edition.orientation.recueil.titre}"
    return _resultat(edition, edition.titre, precision, (edition.question, edition.texte), cherches)


def _controverse(figee: ControverseFigee, cherches: list[str]) -> Resultat:
    titre = f"{figee.numero}. {figee.theme[:1].upper()}{figee.theme[1:]}"
    precision = f"{figee.pole_a} ↔ {figee.pole_b}"
    return _resultat(figee, titre, precision, (figee.texte,), cherches)


def _terrain(fige: TerrainFige, cherches: list[str]) -> Resultat:
    precision = f"Controverse {fige.controverse.numero}, {fige.controverse.theme}"
    return _resultat(fige, f"{fige.numero} {fige.titre}", precision, (fige.texte,), cherches)


def _test(test: Test, cherches: list[str]) -> Resultat:
    textes = (test.hypothese, test.contexte, test.deroule, test.issue)
    precision = f"{test.organisation}, {test.etat_libelle.lower()}"
    return _resultat(test, test.titre, precision, textes, cherches)


def _enseignement(lecon: Any, cherches: list[str]) -> Resultat:
    return Resultat(
        lecon.test.get_absolute_url(),
        lecon.get_type_display(),
        f"Test « {lecon.test.titre} », {lecon.test.organisation}",
        extrait((lecon.texte,), cherches),
    )
