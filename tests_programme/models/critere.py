"""What is observed, decided before the start (TOPOGUIDE, fiche outil, rule 4)."""

from django.db import models

from config.saisie import LONGUEUR_TEXTE
from tests_programme.models.test import Test


class Critere(models.Model):
    """A criterion: a number with its unit, or something one describes."""

    class Type(models.TextChoices):
        """How it is observed."""

        QUANTITATIF = "quantitatif", "Se compte"
        QUALITATIF = "qualitatif", "Se décrit"

    test = models.ForeignKey(Test, models.CASCADE, related_name="criteres", verbose_name="test")
    rang = models.PositiveSmallIntegerField("rang", default=0)
    libelle = models.CharField("ce qu'on observe", max_length=300)
    type = models.CharField("type", max_length=12, choices=Type.choices, default=Type.QUALITATIF)
    unite = models.CharField("unité", max_length=60, blank=True)
    valeur_depart = models.CharField("au départ", max_length=200, blank=True)
    attendu = models.CharField("ce qu'on attend", max_length=300, blank=True)
    surprise = models.CharField("ce qui nous surprendrait", max_length=300, blank=True)
    construit_avec = models.CharField("choisi avec", max_length=200, blank=True)
    valeur_observee = models.TextField("ce qu'on a observé", blank=True, max_length=LONGUEUR_TEXTE)

    class Meta:
        verbose_name = "critère"
        verbose_name_plural = "critères"
        ordering = ["test", "rang", "pk"]

    def __str__(self) -> str:
        return self.libelle
