"""The controverses and their terrains as an export: a row for each terrain of each published version."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Concat

from config.filtres import Filtre
from rapports.colonnes import Colonne, Lecture, jour
from rapports.exports import Export
from reflexes.models import TerrainFige


def selection(filtre: Any, lecture: Lecture) -> QuerySet[Any]:
    """Those of the published versions, the newest version first, in the order of the cartographie."""
    figes: QuerySet[Any] = TerrainFige.objects.publies()
    return figes.order_by(
        "version__enquete_id", "-version__rang", "controverse__numero", "numero", "pk"
    )


def adresse(lecture: Lecture) -> Concat:
    """The page of the terrain."""
    debut = Value(f"{settings.ADRESSE_PUBLIQUE}/enquetes/")
    fin = ["version__enquete__cle", Value("/terrains/"), "terrain__cle", Value("/")]
    return Concat(debut, *fin, output_field=TextField())


CONTROVERSES = Export(
    cle="controverses",
    titre="Les controverses et leurs terrains",
    presentation="Une ligne par terrain de chaque version publiée de la cartographie.",
    colonnes=(
        Colonne("Enquête", "version__enquete__titre", largeur=24),
        Colonne("Version", "version__code", largeur=12),
        Colonne("Publiée le", jour("version__publiee_le"), "date", largeur=12),
        Colonne("Controverse numéro", "controverse__numero", "nombre", largeur=10),
        Colonne("Thème", "controverse__theme", largeur=28),
        Colonne("Pôle A", "controverse__pole_a", largeur=28),
        Colonne("Pôle B", "controverse__pole_b", largeur=28),
        Colonne("La controverse", "controverse__texte", largeur=50),
        Colonne("Terrain numéro", "numero", largeur=9),
        Colonne("Terrain", "titre", largeur=36),
        Colonne("Le terrain", "texte", largeur=50),
        Colonne("Adresse", adresse, largeur=40),
    ),
    filtre=lambda data, user: Filtre(data),
    selection=selection,
    joindre=lambda figes: figes,
)
