"""The publication a piste comes from."""

from django.db import models
from django.urls import reverse

from config.saisie import LONGUEUR_EDITION
from reflexes.models.livraison import Livrable


class Recueil(Livrable):
    """A publication: the CARNET (17 pistes), ENSEMBLE (10 pistes d'action), others to come."""

    cle = models.SlugField("clé", max_length=80, unique=True)
    titre = models.CharField("titre", max_length=160)
    annee = models.PositiveSmallIntegerField("année")
    editeur = models.CharField("éditeur", max_length=200, blank=True)
    presentation = models.TextField("présentation", blank=True, max_length=LONGUEUR_EDITION)
    source = models.CharField("source", max_length=200, blank=True)

    class Meta:
        verbose_name = "recueil"
        verbose_name_plural = "recueils"
        ordering = ["annee", "cle"]

    def __str__(self) -> str:
        return self.titre

    def get_absolute_url(self) -> str:
        return reverse("pistes:recueil", args=[self.cle])
