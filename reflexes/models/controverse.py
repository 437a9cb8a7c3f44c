"""Controverse and terrain: the lasting identities. Their published texts are in the versions."""

from django.db import models
from django.urls import reverse

from reflexes.models.enquete import Enquete
from reflexes.models.livraison import Livrable


class Controverse(Livrable):
    """A tension between two poles, as the next version of the cartographie will say it."""

    enquete = models.ForeignKey(
        Enquete, models.CASCADE, related_name="controverses", verbose_name="enquête"
    )
    cle = models.SlugField("clé", max_length=80)
    numero = models.PositiveSmallIntegerField("numéro")
    theme = models.CharField("thème", max_length=120)
    pole_a = models.CharField("premier pôle", max_length=160)
    pole_b = models.CharField("second pôle", max_length=160)
    texte = models.TextField("texte", blank=True)
    source = models.CharField("source", max_length=200, blank=True)

    class Meta:
        verbose_name = "controverse"
        verbose_name_plural = "controverses"
        ordering = ["enquete", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquete", "cle"], name="reflexes_controverse_cle_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.numero}. {self.theme}"

    def get_absolute_url(self) -> str:
        return reverse("reflexes:controverse", args=[self.enquete.cle, self.cle])


class Terrain(models.Model):
    """An observable phenomenon where a controverse shows; its number may change over time."""

    controverse = models.ForeignKey(
        Controverse, models.CASCADE, related_name="terrains", verbose_name="controverse"
    )
    cle = models.SlugField("clé", max_length=80)

    class Meta:
        verbose_name = "terrain"
        verbose_name_plural = "terrains"
        ordering = ["controverse", "cle"]
        constraints = [
            models.UniqueConstraint(
                fields=["controverse", "cle"], name="reflexes_terrain_cle_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.cle
