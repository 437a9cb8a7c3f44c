"""The kinds of things the search finds: which rows may be read, and what each shows of itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from pistes.models import EditionOrientation, EditionPiste
from reflexes.models import ControverseFigee, Temoignage, TerrainFige
from tests_programme.models import Enseignement, Test

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.contrib.postgres.search import SearchQuery

    from comptes.models import Utilisateur

    Lecteur = Utilisateur | AnonymousUser


@dataclass(frozen=True)
class Brut:
    """What a row shows before its words are marked: ``textes`` are where the passage is looked for."""

    adresse: str
    titre: str
    precision: str
    textes: tuple[str, ...]


@dataclass(frozen=True)
class Genre:
    """One kind. ``lignes`` are those this reader may see that answer, in no order."""

    cle: str
    titre: str
    lignes: "Callable[[Lecteur, SearchQuery], QuerySet[Any]]"
    champs_du_titre: tuple[str, ...]
    brut: Callable[[Any], Brut]


def _pistes(user: "Lecteur", requete: "SearchQuery") -> "QuerySet[EditionPiste]":
    editions = EditionPiste.objects.publies().select_related("piste__recueil")
    return editions.filter(recherche=requete)


def _piste(edition: EditionPiste) -> Brut:
    textes = (edition.accroche, edition.constat, edition.levier, edition.texte_annexe)
    return Brut(edition.get_absolute_url(), edition.titre, edition.piste.recueil.titre, textes)


def _orientations(user: "Lecteur", requete: "SearchQuery") -> "QuerySet[EditionOrientation]":
    editions = EditionOrientation.objects.publies().select_related("orientation__recueil")
    return editions.filter(recherche=requete)


def _orientation(edition: EditionOrientation) -> Brut:
    precision = f"#{edition.orientation.mot_cle}, {edition.orientation.recueil.titre}"
    textes = (edition.question, edition.texte)
    return Brut(edition.get_absolute_url(), edition.titre, precision, textes)


def _controverses(user: "Lecteur", requete: "SearchQuery") -> "QuerySet[ControverseFigee]":
    figees = ControverseFigee.objects.en_vigueur().select_related("controverse__enquete")
    return figees.filter(recherche=requete)


def _controverse(figee: ControverseFigee) -> Brut:
    titre = f"{figee.numero}. {figee.theme[:1].upper()}{figee.theme[1:]}"
    poles = f"{figee.pole_a} ↔ {figee.pole_b}"
    return Brut(figee.get_absolute_url(), titre, poles, (figee.texte,))


def _terrains(user: "Lecteur", requete: "SearchQuery") -> "QuerySet[TerrainFige]":
    figes = TerrainFige.objects.en_vigueur().select_related(
        "terrain", "controverse__controverse__enquete"
    )
    return figes.filter(recherche=requete)


def _terrain(fige: TerrainFige) -> Brut:
    precision = f"Controverse {fige.controverse.numero}, {fige.controverse.theme}"
    titre = f"{fige.numero} {fige.titre}"
    return Brut(fige.get_absolute_url(), titre, precision, (fige.texte,))


def _temoignages(user: "Lecteur", requete: "SearchQuery") -> "QuerySet[Any]":
    return Temoignage.objects.repondant_a(requete)


def _temoignage(temoignage: Any) -> Brut:
    terrain = f"Terrain {temoignage.numero_du_terrain}, {temoignage.titre_du_terrain}"
    adresse, fonction = temoignage.get_absolute_url(), temoignage.fonction
    return Brut(adresse, f"{fonction[:1].upper()}{fonction[1:]}", terrain, (temoignage.texte,))


def _tests(user: "Lecteur", requete: "SearchQuery") -> "QuerySet[Test]":
    return Test.objects.visible_to(user).pour_liste().filter(recherche=requete)


def _test(test: Test) -> Brut:
    textes = (test.hypothese, test.contexte, test.deroule, test.issue)
    precision = f"{test.organisation}, {test.etat_libelle.lower()}"
    return Brut(test.get_absolute_url(), test.titre, precision, textes)


def _enseignements(user: "Lecteur", requete: "SearchQuery") -> "QuerySet[Enseignement]":
    lecons = Enseignement.objects.visible_to(user).recents()
    return lecons.filter(recherche=requete)


def _enseignement(lecon: Any) -> Brut:
    precision = f"Test « {lecon.test.titre} », {lecon.test.organisation}"
    adresse = lecon.test.get_absolute_url()
    return Brut(adresse, lecon.get_type_display(), precision, (lecon.texte,))


GENRES = [
    Genre("pistes", "Pistes", _pistes, ("titre",), _piste),
    Genre("orientations", "Orientations", _orientations, ("titre",), _orientation),
    Genre(
        "controverses", "Controverses", _controverses, ("theme", "pole_a", "pole_b"), _controverse
    ),
    Genre("terrains", "Terrains", _terrains, ("titre",), _terrain),
    Genre("tests", "Tests", _tests, ("titre",), _test),
    Genre("enseignements", "Enseignements", _enseignements, (), _enseignement),
    Genre("temoignages", "Témoignages", _temoignages, (), _temoignage),
]
