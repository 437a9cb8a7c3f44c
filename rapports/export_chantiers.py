"""The chantiers as an export."""

from typing import Any

from django.conf import settings
from django.db.models import CharField, FilteredRelation, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from pistes.filtres_chantiers import FiltreChantiers
from pistes.models import Chantier, CrashTest
from rapports.colonnes import Colonne, Lecture, jour, nombre
from rapports.exports import Export


def selection(filtre: Any, lecture: Lecture) -> QuerySet[Any]:
    """The rows of the panorama that this reader may see, in a lasting order."""
    chantiers: QuerySet[Any] = filtre.appliquer(Chantier.objects.visible_to(lecture.user))
    return chantiers.order_by("titre", "pk")


def joindre(chantiers: QuerySet[Any]) -> QuerySet[Any]:
    """The public title of the orientation."""
    jointes: QuerySet[Any] = chantiers.alias(
        texte_orientation=FilteredRelation(
            "orientation__editions", condition=Q(orientation__editions__etat="publie")
        )
    )
    return jointes


def adresse(lecture: Lecture) -> Concat:
    """The page of the chantier."""
    debut = Value(f"{settings.ADRESSE_PUBLIQUE}/chantiers/")
    return Concat(debut, Cast("pk", CharField()), Value("/"), output_field=TextField())


COLONNES = (
    Colonne("Titre", "titre", largeur=40),
    Colonne("Orientation", "texte_orientation__titre", largeur=36),
    Colonne("Taille", "taille", "choix", dict(Chantier.Taille.choices)),
    Colonne("État", "etat", "choix", dict(Chantier.Etat.choices)),
    Colonne("Organisation", "organisation__nom", largeur=30),
    Colonne("Porté par", "porteur", largeur=30),
    Colonne("Intentions", "intentions", largeur=40),
    Colonne("Moyens", "moyens", largeur=40),
    Colonne("Conditions de réussite", "conditions", largeur=40),
    Colonne("Premiers pas", "premiers_pas", largeur=40),
    Colonne(
        "Pistes",
        nombre(lambda _: Chantier.pistes.through.objects.all(), "chantier"),
        "nombre",
        largeur=10,
    ),
    Colonne(
        "Crash tests",
        nombre(lambda lecture: CrashTest.objects.visible_to(lecture.user), "chantier"),
        "nombre",
        largeur=10,
    ),
    Colonne("Visible par tout le monde", "est_public", "oui_non", largeur=12),
    Colonne("Noté le", jour("cree_le"), "date", largeur=12),
    Colonne("Modifié le", jour("modifie_le"), "date", largeur=12),
    Colonne("Source", "source", largeur=24),
    Colonne("Adresse", adresse, largeur=40),
)

CHANTIERS = Export(
    cle="chantiers",
    titre="Les chantiers",
    presentation="Une ligne par chantier : ses intentions, ses moyens, ses premiers pas, où il en est.",
    colonnes=COLONNES,
    filtre=lambda data, user: FiltreChantiers(data, user=user),
    selection=selection,
    joindre=joindre,
)
