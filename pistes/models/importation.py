"""A document brought in through the screen: what was understood, piece by piece, until somebody decides."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from pistes.models.edition import EditionPiste
from pistes.models.piste import Piste
from pistes.models.recueil import Recueil


class Importation(models.Model):
    """One uploaded document, kept as it came."""

    class Format(models.TextChoices):
        """Which reader understands it."""

        CARNET = "carnet", "Carnet (Markdown)"
        ENSEMBLE = "ensemble", "Pistes d'action (texte)"

    nom = models.CharField("nom du fichier", max_length=200)
    format = models.CharField("format", max_length=10, choices=Format.choices)
    recueil = models.ForeignKey(
        Recueil, models.PROTECT, related_name="importations", verbose_name="recueil"
    )
    texte = models.TextField("texte d'origine")
    empreinte = models.CharField("empreinte", max_length=64)
    # What the reader was unsure of: [{"ligne": int, "message": str}, …]
    doutes = models.JSONField("doutes", default=list, blank=True)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="importé par",
    )
    le = models.DateTimeField("le", auto_now_add=True)

    class Meta:
        verbose_name = "import"
        verbose_name_plural = "imports"
        ordering = ["-le", "-pk"]

    def __str__(self) -> str:
        return f"{self.nom} ({self.le:%d/%m/%Y})"

    def get_absolute_url(self) -> str:
        return reverse("pistes:importation", args=[self.pk])


class PieceImportee(models.Model):
    """One piste as the document says it; accepted, it becomes an edition, never over a curated one unasked."""

    class Etat(models.TextChoices):
        """What was decided."""

        A_VOIR = "a_voir", "À voir"
        ACCEPTEE = "acceptee", "Acceptée"
        ECARTEE = "ecartee", "Écartée"
        IDENTIQUE = "identique", "Identique au texte d'aujourd'hui"

    importation = models.ForeignKey(
        Importation, models.CASCADE, related_name="pieces", verbose_name="import"
    )
    piste = models.ForeignKey(
        Piste, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="piste"
    )
    rang = models.PositiveSmallIntegerField("rang")
    titre = models.CharField("titre", max_length=300)
    # First and last line of the original, from 1.
    ligne_debut = models.PositiveIntegerField("première ligne")
    ligne_fin = models.PositiveIntegerField("dernière ligne")
    contenu = models.JSONField("ce qui a été compris")
    etat = models.CharField(
        "état", max_length=10, choices=Etat.choices, default=Etat.A_VOIR, editable=False
    )
    edition = models.ForeignKey(
        EditionPiste,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="texte fait",
    )

    class Meta:
        verbose_name = "piste importée"
        verbose_name_plural = "pistes importées"
        ordering = ["importation", "rang"]
        constraints = [
            models.UniqueConstraint(fields=["importation", "rang"], name="pistes_piece_rang")
        ]

    def __str__(self) -> str:
        return self.titre

    def get_absolute_url(self) -> str:
        return reverse("pistes:piece", args=[self.importation_id, self.rang])
