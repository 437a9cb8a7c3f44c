"""The published témoignages as an export: what everybody may read, and nobody's name."""

from typing import Any

from django.conf import settings
from django.db.models import Case, OuterRef, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Concat

from rapports.colonnes import Colonne, Lecture, jour
from rapports.exports import Export
from reflexes.filtres import FiltreTemoignages
from reflexes.models import ControverseFigee, Pole, Temoignage, TerrainFige


def selection(filtre: Any, lecture: Lecture) -> QuerySet[Any]:
    """The published ones, whoever reads: one that is withdrawn leaves the next export."""
    temoignages: QuerySet[Any] = filtre.appliquer(Temoignage.objects.publies())
    return temoignages.order_by("-lu_le", "-pk")


def joindre(temoignages: QuerySet[Any]) -> QuerySet[Any]:
    """The words of terrain and poles, as last published."""
    fige = TerrainFige.objects.publies().filter(terrain=OuterRef("terrain"))
    figee = ControverseFigee.objects.publies().filter(controverse=OuterRef("terrain__controverse"))
    dernier, derniere = fige.order_by("-version__rang"), figee.order_by("-version__rang")
    joints: QuerySet[Any] = temoignages.alias(
        numero_du_terrain=Subquery(dernier.values("numero")[:1]),
        titre_du_terrain=Subquery(dernier.values("titre")[:1]),
        theme=Subquery(derniere.values("theme")[:1]),
        pole_a=Subquery(derniere.values("pole_a")[:1]),
        pole_b=Subquery(derniere.values("pole_b")[:1]),
    )
    return joints


def pole(lecture: Lecture) -> Case:
    """The pole's own words; empty for neither."""
    return Case(
        When(pole=Pole.A, then="pole_a"),
        When(pole=Pole.B, then="pole_b"),
        default=Value(""),
        output_field=TextField(),
    )


def adresse(lecture: Lecture) -> Concat:
    """The page of the terrain."""
    debut = Value(f"{settings.ADRESSE_PUBLIQUE}/enquetes/")
    fin = ["enquete__cle", Value("/terrains/"), "terrain__cle", Value("/")]
    return Concat(debut, *fin, output_field=TextField())


COLONNES = (
    Colonne("Enquête", "enquete__titre", largeur=24),
    Colonne("Controverse", "theme", largeur=28),
    Colonne("Terrain", "numero_du_terrain", largeur=9),
    Colonne("Titre du terrain", "titre_du_terrain", largeur=36),
    Colonne("Parle pour", pole, largeur=30),
    Colonne("Témoignage", "texte", largeur=60),
    Colonne("Fonction", "fonction", largeur=28),
    Colonne(
        "Type d'organisation",
        "type_organisation",
        "choix",
        dict(Temoignage.TypeOrganisation.choices),
    ),
    Colonne("Publié le", jour("lu_le"), "date", largeur=12),
    Colonne("Adresse", adresse, largeur=40),
)

TEMOIGNAGES = Export(
    cle="temoignages",
    titre="Les témoignages",
    presentation="Une ligne par témoignage publié. Un témoignage retiré n'y est plus : reprenez un export récent.",
    colonnes=COLONNES,
    filtre=lambda data, user: FiltreTemoignages(data),
    selection=selection,
    joindre=joindre,
)
