"""The piste as an identity; its words are in its editions."""

from django.db import models
from django.urls import reverse

from pistes.models.orientation import Orientation
from pistes.models.recueil import Recueil
from pistes.querysets import PisteQuerySet
from reflexes.models import Terrain


class Piste(models.Model):
    """A concrete idea, at its place in a recueil."""

    recueil = models.ForeignKey(
        Recueil, models.CASCADE, related_name="pistes", verbose_name="recueil"
    )
    cle = models.SlugField("clé", max_length=80, unique=True)
    slug = models.SlugField("adresse", max_length=120, unique=True)
    rang = models.PositiveSmallIntegerField(
        "rang", help_text="La page dans le carnet, ou le numéro dans le recueil."
    )
    page = models.PositiveSmallIntegerField("page", null=True, blank=True)
    orientation = models.ForeignKey(
        Orientation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pistes",
        verbose_name="orientation",
    )

    # The phenomena it answers: a reading of ours, curated, never said by the notebook itself.
    terrains = models.ManyToManyField(
        Terrain, related_name="pistes", blank=True, verbose_name="terrains auxquels elle répond"
    )
    # What the corpus last brought as terrains: an edit made here is never overwritten.
    empreinte_terrains = models.CharField(
        "empreinte des terrains livrés", max_length=64, blank=True, editable=False
    )

    objects = PisteQuerySet.as_manager()

    class Meta:
        verbose_name = "piste"
        verbose_name_plural = "pistes"
        ordering = ["recueil", "rang"]
        constraints = [
            models.UniqueConstraint(fields=["recueil", "rang"], name="pistes_piste_rang_unique"),
        ]

    def __str__(self) -> str:
        return self.cle

    def get_absolute_url(self) -> str:
        return reverse("pistes:piste", args=[self.slug])
