"""Orientations: a direction for public action, with its mot-clé and its colour."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.urls import reverse

from config.recherche import VecteurFrancais
from config.saisie import LONGUEUR_EDITION
from pistes.models.recueil import Recueil
from pistes.models.textes import Edition
from pistes.querysets import EditionOrientationQuerySet


class Orientation(models.Model):
    """One of a recueil's directions. Its mot-clé (#Influence, …) is also how pistes are tagged."""

    recueil = models.ForeignKey(
        Recueil, models.CASCADE, related_name="orientations", verbose_name="recueil"
    )
    numero = models.PositiveSmallIntegerField("numéro")
    mot_cle = models.CharField("mot-clé", max_length=40)
    slug = models.SlugField("adresse", max_length=80, unique=True)
    aussi = models.ManyToManyField(
        "pistes.Piste",
        related_name="orientations_aussi",
        blank=True,
        verbose_name="renvoie aussi à",
    )

    class Meta:
        verbose_name = "orientation"
        verbose_name_plural = "orientations"
        ordering = ["recueil", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["recueil", "numero"], name="pistes_orientation_numero_unique"
            ),
            models.UniqueConstraint(
                fields=["recueil", "mot_cle"], name="pistes_orientation_mot_cle_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.numero} #{self.mot_cle}"

    def get_absolute_url(self) -> str:
        return reverse("pistes:orientation", args=[self.slug])


class EditionOrientation(Edition):
    """The text of an orientation."""

    SUJET = "orientation"

    orientation = models.ForeignKey(
        Orientation, models.CASCADE, related_name="editions", verbose_name="orientation"
    )
    titre = models.CharField("titre", max_length=200)
    texte = models.TextField("texte", blank=True, max_length=LONGUEUR_EDITION)
    question = models.TextField("question", blank=True, max_length=LONGUEUR_EDITION)
    recherche = models.GeneratedField(
        expression=VecteurFrancais("titre", "texte", "question"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = EditionOrientationQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = "texte d'orientation"
        verbose_name_plural = "textes d'orientation"
        ordering = ["orientation", "-numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["orientation", "numero"], name="pistes_eo_numero_unique"
            ),
            models.UniqueConstraint(
                fields=["orientation"],
                condition=models.Q(etat="publie"),
                name="pistes_eo_une_publiee",
            ),
        ]
        indexes = [GinIndex(fields=["recherche"], name="pistes_eo_recherche")]

    def __str__(self) -> str:
        return self.titre

    def get_absolute_url(self) -> str:
        return self.orientation.get_absolute_url()

    def get_draft_url(self) -> str:
        """Where it is read before it is public."""
        return reverse("pistes:brouillon_orientation", args=[self.pk])

    def get_history_url(self) -> str:
        """Every text of its orientation."""
        return reverse("pistes:historique_orientation", args=[self.orientation.slug])

    def get_edit_url(self) -> str:
        """Writing the next text from this one."""
        adresse = reverse("pistes:modifier_orientation", args=[self.orientation.slug])
        return f"{adresse}?depuis={self.pk}"
