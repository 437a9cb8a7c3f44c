"""The kinds of things the search finds: which rows may be read, and what each shows of itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import ExpressionWrapper, F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from config.recherche import VecteurFrancais
from engagement.models import Dispositif
from pistes.models import Chantier, EditionOrientation, EditionPiste
from reflexes.models import ControverseFigee, Temoignage, TerrainFige
from tests_programme.models import Enseignement, Test

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

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
    """One kind. ``lignes`` are those this reader may see, with what ``brut`` reads, in no order."""

    cle: str
    titre: str
    lignes: "Callable[[Lecteur], QuerySet[Any]]"
    champs_du_titre: tuple[str, ...]
    brut: Callable[[Any], Brut]
    # Rows by the thousand: only the latest that answer are ranked; this is their order.
    derniers: tuple[str, ...] = ()
    # And, with an index on the title's words, those whose title says it.
    titre_indexe: bool = False


def _pistes(user: "Lecteur") -> "QuerySet[EditionPiste]":
    return EditionPiste.objects.publies().select_related("piste__recueil").defer("recherche")


def _piste(edition: EditionPiste) -> Brut:
    textes = (edition.accroche, edition.constat, edition.levier, edition.texte_annexe)
    return Brut(edition.get_absolute_url(), edition.titre, edition.piste.recueil.titre, textes)


def _orientations(user: "Lecteur") -> "QuerySet[EditionOrientation]":
    editions = EditionOrientation.objects.publies().select_related("orientation__recueil")
    return editions.defer("recherche")


def _orientation(edition: EditionOrientation) -> Brut:
    precision = f"#{edition.orientation.mot_cle}, {edition.orientation.recueil.titre}"
    textes = (edition.question, edition.texte)
    return Brut(edition.get_absolute_url(), edition.titre, precision, textes)


def _controverses(user: "Lecteur") -> "QuerySet[Any]":
    return _de_la_carte(
        ControverseFigee.objects.en_vigueur(),
        genre=Value("controverses", TextField()),
        numero=Cast("numero", TextField()),
        titre=F("theme"),
        precision=Concat("pole_a", Value(" ↔ "), "pole_b", output_field=TextField()),
        cle=F("controverse__cle"),
        enquete=F("controverse__enquete__cle"),
    )


def _controverse(ligne: dict[str, Any]) -> Brut:
    adresse = reverse("reflexes:controverse", args=[ligne["l_enquete"], ligne["l_cle"]])
    theme = ligne["l_titre"]
    titre = f"{ligne['l_numero']}. {theme[:1].upper()}{theme[1:]}"
    return Brut(adresse, titre, ligne["l_precision"], (ligne["l_texte"],))


def _terrains(user: "Lecteur") -> "QuerySet[Any]":
    numero, theme = Cast("controverse__numero", TextField()), "controverse__theme"
    return _de_la_carte(
        TerrainFige.objects.en_vigueur(),
        genre=Value("terrains", TextField()),
        numero=F("numero"),
        titre=F("titre"),
        precision=Concat(
            Value("Controverse "), numero, Value(", "), theme, output_field=TextField()
        ),
        cle=F("terrain__cle"),
        enquete=F("terrain__controverse__enquete__cle"),
    )


def _terrain(ligne: dict[str, Any]) -> Brut:
    adresse = reverse("reflexes:terrain", args=[ligne["l_enquete"], ligne["l_cle"]])
    titre = f"{ligne['l_numero']} {ligne['l_titre']}"
    return Brut(adresse, titre, ligne["l_precision"], (ligne["l_texte"],))


def _de_la_carte(figes: "QuerySet[Any]", **colonnes: Any) -> "QuerySet[Any]":
    return _en_colonnes(figes, texte=F("texte"), **colonnes)


def _en_colonnes(toutes: "QuerySet[Any]", **colonnes: Any) -> "QuerySet[Any]":
    """The same columns for controverses, terrains and dispositifs: one query reads them."""
    lignes: QuerySet[Any] = toutes.values(
        **{f"l_{nom}": colonne for nom, colonne in sorted(colonnes.items())}
    )
    return lignes


def _temoignages(user: "Lecteur") -> "QuerySet[Any]":
    dits = TerrainFige.objects.publies().filter(terrain=OuterRef("terrain"))
    dernier = dits.order_by("-version__rang")
    publies = Temoignage.objects.publies().select_related("terrain__controverse__enquete")
    temoignages: QuerySet[Any] = publies.defer("recherche").annotate(
        numero_du_terrain=Subquery(dernier.values("numero")[:1]),
        titre_du_terrain=Subquery(dernier.values("titre")[:1]),
    )
    return temoignages


def _temoignage(temoignage: Any) -> Brut:
    terrain = f"Terrain {temoignage.numero_du_terrain}, {temoignage.titre_du_terrain}"
    adresse, fonction = temoignage.get_absolute_url(), temoignage.fonction
    return Brut(adresse, f"{fonction[:1].upper()}{fonction[1:]}", terrain, (temoignage.texte,))


def _chantiers(user: "Lecteur") -> "QuerySet[Chantier]":
    return Chantier.objects.visible_to(user).select_related("organisation").defer("recherche")


def _chantier(chantier: Chantier) -> Brut:
    etat = chantier.get_etat_display().lower()
    porteur = f"{chantier.organisation}, {etat}" if chantier.organisation else etat.capitalize()
    textes = (chantier.intentions, chantier.moyens, chantier.conditions, chantier.premiers_pas)
    return Brut(chantier.get_absolute_url(), chantier.titre, porteur, textes)


def _tests(user: "Lecteur") -> "QuerySet[Test]":
    return Test.objects.visible_to(user).select_related("organisation").defer("recherche")


def _test(test: Test) -> Brut:
    textes = (test.hypothese, test.contexte, test.deroule, test.issue)
    precision = f"{test.organisation}, {test.etat_libelle.lower()}"
    return Brut(test.get_absolute_url(), test.titre, precision, textes)


def _enseignements(user: "Lecteur") -> "QuerySet[Enseignement]":
    return Enseignement.objects.visible_to(user).recents().defer("recherche")


def _enseignement(lecon: Any) -> Brut:
    precision = f"Test « {lecon.test.titre} », {lecon.test.organisation}"
    adresse = lecon.test.get_absolute_url()
    return Brut(adresse, lecon.get_type_display(), precision, (lecon.texte,))


def _dispositifs(user: "Lecteur") -> "QuerySet[Any]":
    """A few hundred rows at most: their words are read as they are asked for."""
    mots = VecteurFrancais("nom", "presentation")
    visibles = Dispositif.objects.visible_to(user)
    return _en_colonnes(
        visibles.annotate(recherche=ExpressionWrapper(mots, output_field=SearchVectorField())),
        genre=Value("dispositifs", TextField()),
        numero=Cast("pk", TextField()),
        titre=F("nom"),
        precision=F("territoire__nom"),
        cle=F("modele"),
        enquete=Value("", TextField()),
        texte=F("presentation"),
    )


def _dispositif(ligne: dict[str, Any]) -> Brut:
    adresse = reverse("engagement:dispositif", args=[ligne["l_numero"]])
    precision = f"{Dispositif.Modele(ligne['l_cle']).label}, {ligne['l_precision']}"
    return Brut(adresse, ligne["l_titre"], precision, (ligne["l_texte"],))


PISTES = Genre(
    "pistes", "Pistes", _pistes, ("titre",), _piste, derniers=("-pk",), titre_indexe=True
)
ORIENTATIONS = Genre("orientations", "Orientations", _orientations, ("titre",), _orientation)
CONTROVERSES = Genre(
    "controverses", "Controverses", _controverses, ("theme", "pole_a", "pole_b"), _controverse
)
TERRAINS = Genre("terrains", "Terrains", _terrains, ("titre",), _terrain)
CHANTIERS = Genre("chantiers", "Chantiers", _chantiers, ("titre",), _chantier, derniers=("-pk",))
TESTS = Genre("tests", "Tests", _tests, ("titre",), _test, derniers=("-pk",))
ENSEIGNEMENTS = Genre(
    "enseignements",
    "Enseignements",
    _enseignements,
    (),
    _enseignement,
    derniers=("-pk",),
)
TEMOIGNAGES = Genre(
    "temoignages",
    "Témoignages",
    _temoignages,
    (),
    _temoignage,
    derniers=("-lu_le", "-pk"),
)

DISPOSITIFS = Genre("dispositifs", "Dispositifs", _dispositifs, ("nom",), _dispositif)

# One query each; the kinds of one line have the same columns.
LOTS = [
    [PISTES],
    [ORIENTATIONS],
    [CONTROVERSES, TERRAINS, DISPOSITIFS],
    [CHANTIERS],
    [TESTS],
    [ENSEIGNEMENTS],
    [TEMOIGNAGES],
]
GENRES = [genre for lot in LOTS for genre in lot]
