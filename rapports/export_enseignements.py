"""The published lessons as an export, in the order of their page."""

from typing import Any

from django.conf import settings
from django.db.models import CharField, FilteredRelation, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from rapports.colonnes import Colonne, Lecture, jour
from rapports.exports import Export
from tests_programme.filtres_enseignements import FiltreEnseignements
from tests_programme.models import Enseignement


def selection(filtre: Any, lecture: Lecture) -> QuerySet[Any]:
    """The published ones of the tests this reader may see."""
    lecons: QuerySet[Any] = filtre.appliquer(Enseignement.objects.visible_to(lecture.user))
    return lecons.order_by("-pk")


def joindre(lecons: QuerySet[Any]) -> QuerySet[Any]:
    """The public title of the piste."""
    jointes: QuerySet[Any] = lecons.alias(
        texte_piste=FilteredRelation("piste__editions", condition=Q(piste__editions__etat="publie"))
    )
    return jointes


def adresse(lecture: Lecture) -> Concat:
    """The page of the test it comes from."""
    debut = f"{settings.ADRESSE_PUBLIQUE}/tests/"
    return Concat(Value(debut), Cast("test_id", CharField()), Value("/"))


ENSEIGNEMENTS = Export(
    cle="enseignements",
    titre="Les enseignements",
    presentation="Une ligne par enseignement : ce qu'un test a appris, et sur quelle piste.",
    colonnes=(
        Colonne("Sorte", "type", "choix", dict(Enseignement.Type.choices)),
        Colonne("Enseignement", "texte", largeur=60),
        Colonne("Piste", "texte_piste__titre", largeur=36),
        Colonne("Test numéro", "test_id", "nombre", largeur=9),
        Colonne("Test", "test__titre", largeur=40),
        Colonne("Organisation", "test__organisation__nom", largeur=28),
        Colonne("Programme", "test__programme__titre", largeur=24),
        Colonne("Source", "source", largeur=24),
        Colonne("Publié le", jour("test__evaluation__publiee_le"), "date", largeur=12),
        Colonne("Adresse", adresse, largeur=36),
    ),
    filtre=lambda data, user: FiltreEnseignements(data),
    selection=selection,
    joindre=joindre,
)
