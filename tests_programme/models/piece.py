"""The pictures and the files of a note."""

from django.db import models

from tests_programme.models.carnet import Note
from tests_programme.querysets_carnet import PieceJointeQuerySet


class PieceJointe(models.Model):
    """A picture or a file of a note: who may read the note may open it."""

    class Nature(models.TextChoices):
        """How it is shown."""

        IMAGE = "image", "Image"
        DOCUMENT = "document", "Document"

    note = models.ForeignKey(Note, models.CASCADE, related_name="pieces", verbose_name="note")
    nature = models.CharField("nature", max_length=10, choices=Nature.choices)
    fichier = models.FileField("fichier", upload_to="journal/%Y/%m/", max_length=200)
    nom = models.CharField("nom", max_length=160)
    type_mime = models.CharField("type", max_length=100)
    taille = models.PositiveIntegerField("taille en octets")
    largeur = models.PositiveIntegerField("largeur en pixels", null=True, blank=True)
    hauteur = models.PositiveIntegerField("hauteur en pixels", null=True, blank=True)
    texte_alternatif = models.CharField("description de l'image", max_length=300, blank=True)

    objects = PieceJointeQuerySet.as_manager()

    class Meta:
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"
        ordering = ["note", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(nature="image", texte_alternatif=""),
                name="tests_programme_image_decrite",
                violation_error_message="Décrivez l'image pour les personnes qui ne la voient pas.",
            )
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def est_image(self) -> bool:
        """Whether it is shown in the page."""
        return self.nature == self.Nature.IMAGE
