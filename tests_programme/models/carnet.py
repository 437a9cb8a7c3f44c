"""The journal de bord a team keeps while its test runs: dated notes, pictures, files.

Not to be confused with ``EntreeJournal``, the history the platform writes.
"""

import uuid

from django.conf import settings
from django.db import models

from config.jours import jour_de
from config.saisie import LONGUEUR_TEXTE
from tests_programme.models.test import Test
from tests_programme.querysets_carnet import NoteQuerySet, PieceJointeQuerySet


class Note(models.Model):
    """One dated note, read by those its ``portee`` names."""

    class Portee(models.TextChoices):
        """Who may read it."""

        EQUIPE = "equipe", "Notre organisation"
        PROGRAMME = "programme", "Les organisations du programme"
        PUBLIC = "public", "Tout le monde"

    test = models.ForeignKey(Test, models.CASCADE, related_name="notes", verbose_name="test")
    le = models.DateField("date", default=jour_de)
    texte = models.TextField("ce qui s'est passé", max_length=LONGUEUR_TEXTE)
    portee = models.CharField(
        "qui peut la lire", max_length=10, choices=Portee.choices, default=Portee.EQUIPE
    )
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="écrite par",
    )
    # Drawn where it is written: sent again after a lost connection, it makes no second note.
    envoi = models.UUIDField("envoi", default=uuid.uuid4, editable=False)
    ecrite_le = models.DateTimeField("écrite le", auto_now_add=True)
    modifiee_le = models.DateTimeField("modifiée le", auto_now=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = "note du journal de bord"
        verbose_name_plural = "notes du journal de bord"
        ordering = ["-le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["test", "envoi"],
                name="tests_programme_note_envoi_unique",
                violation_error_message="Cette note est déjà enregistrée.",
            )
        ]
        indexes = [models.Index(fields=["test", "-le", "-id"], name="tests_note_recentes")]

    def __str__(self) -> str:
        return f"{self.le:%d/%m/%Y} : {self.texte[:60]}"


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
