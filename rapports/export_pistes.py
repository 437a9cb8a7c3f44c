"""The published pistes as an export."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    FilteredRelation,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Concat

from pistes.filtres import FiltrePistes
from pistes.models import Detail, EditionPiste, Inspiration, Renvoi
from rapports.colonnes import Colonne, Lecture, jour, nombre
from rapports.exports import Export
from tests_programme.models import Enseignement, Test


def selection(filtre: Any, lecture: Lecture) -> QuerySet[Any]:
    """The rows of the list of pistes, in its order: published texts only, whoever reads."""
    editions: QuerySet[Any] = filtre.appliquer(EditionPiste.objects.publies())
    return editions.order_by("piste__recueil__annee", "piste__recueil_id", "piste__rang")


def joindre(editions: QuerySet[Any]) -> QuerySet[Any]:
    """The public title of the orientation."""
    jointes: QuerySet[Any] = editions.alias(
        texte_orientation=FilteredRelation(
            "piste__orientation__editions",
            condition=Q(piste__orientation__editions__etat="publie"),
        )
    )
    return jointes


def mots_cles(lecture: Lecture) -> Subquery:
    """#Communs, #Données: in the order of the orientations."""
    liens: Any = EditionPiste.mots_cles.through.objects.filter(
        editionpiste=OuterRef("pk")
    ).order_by()
    mot = Concat(Value("#"), "orientation__mot_cle")
    joints = StringAgg(mot, ", ", order_by="orientation__numero", output_field=TextField())
    return Subquery(liens.values("editionpiste").annotate(mots=joints).values("mots"))


def titres_des_details(lecture: Lecture) -> Subquery:
    """The titles of the détails, one a line (for ENSEMBLE: its levers)."""
    details = Detail.objects.filter(edition=OuterRef("pk")).order_by()
    joints = StringAgg("titre", "\n", order_by="rang")
    return Subquery(details.values("edition").annotate(titres=joints).values("titres"))


def autres_titres(lecture: Lecture) -> Func:
    """The titles it bears elsewhere in its document; empty without any."""
    return Func(
        "autres_titres",
        template="(SELECT string_agg(t, ' / ') FROM %(function)s(%(expressions)s) AS t)",
        function="jsonb_array_elements_text",
        output_field=TextField(),
    )


def adresse(lecture: Lecture) -> Concat:
    """The page of the piste."""
    debut = Value(f"{settings.ADRESSE_PUBLIQUE}/pistes/")
    return Concat(debut, "piste__slug", Value("/"), output_field=TextField())


COLONNES = (
    Colonne("Clé", "piste__cle", largeur=14),
    Colonne("Titre", "titre", largeur=40),
    Colonne("Autres titres", autres_titres, largeur=30),
    Colonne("Recueil", "piste__recueil__titre", largeur=24),
    Colonne("Année", "piste__recueil__annee", "nombre", largeur=8),
    Colonne("Rang", "piste__rang", "nombre", largeur=8),
    Colonne("Page", "piste__page", "nombre", largeur=8),
    Colonne("Orientation", "texte_orientation__titre", largeur=36),
    Colonne("Mots-clés", mots_cles, largeur=24),
    Colonne("Accroche", "accroche", largeur=40),
    Colonne("Constat", "constat", largeur=40),
    Colonne("Levier", "levier", largeur=40),
    Colonne("Détails", titres_des_details, largeur=40),
    Colonne(
        "Nombre de détails", nombre(lambda _: Detail.objects.all(), "edition"), "nombre", largeur=10
    ),
    Colonne(
        "Inspirations", nombre(lambda _: Inspiration.objects.all(), "edition"), "nombre", largeur=10
    ),
    Colonne("Renvois", nombre(lambda _: Renvoi.objects.all(), "edition"), "nombre", largeur=10),
    Colonne(
        "Tests",
        nombre(lambda lecture: Test.objects.visible_to(lecture.user), "piste", vers="piste_id"),
        "nombre",
        largeur=10,
    ),
    Colonne(
        "Enseignements",
        nombre(
            lambda lecture: Enseignement.objects.filter(
                test__in=Test.objects.visible_to(lecture.user)
            ),
            "piste",
            vers="piste_id",
        ),
        "nombre",
        largeur=10,
    ),
    Colonne("Origine du texte", "origine", "choix", dict(EditionPiste.Origine.choices)),
    Colonne("Publiée le", jour("publie_le"), "date", largeur=12),
    Colonne("Source", "source", largeur=24),
    Colonne("Adresse", adresse, largeur=40),
)

PISTES = Export(
    cle="pistes",
    titre="Les pistes",
    presentation="Une ligne par piste publiée : ses textes, sa place, les tests qui l'explorent.",
    colonnes=COLONNES,
    filtre=lambda data, user: FiltrePistes(data),
    selection=selection,
    joindre=joindre,
)
