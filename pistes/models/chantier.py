"""Chantiers: pieces of work to open, seen together in the panorama (ENQUÊTE, "panorama des chantiers")."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from comptes.models import Organisation
from config.saisie import LONGUEUR_TEXTE
from pistes.models.orientation import Orientation
from pistes.models.piste import Piste
from reflexes.models import Livrable, Terrain


class Chantier(Livrable):
    """A piece of work to open: intentions, moyens, conditions de réussite, premiers pas."""

    class Taille(models.TextChoices):
        """How much it asks."""

        PETITE = "petite", "Petit : quelques semaines, une équipe"
        MOYENNE = "moyenne", "Moyen : quelques mois, plusieurs services"
        GRANDE = "grande", "Grand : une année ou plus, plusieurs organisations"

    class Etat(models.TextChoices):
        """Where it stands."""

        IDEE = "idee", "Idée"
        OUVERT = "ouvert", "Ouvert"
        CLOS = "clos", "Mené à bien"
        ABANDONNE = "abandonne", "Abandonné"

    titre = models.CharField("titre", max_length=160)
    intentions = models.TextField("intentions", max_length=LONGUEUR_TEXTE)
    moyens = models.TextField("moyens", blank=True, max_length=LONGUEUR_TEXTE)
    conditions = models.TextField("conditions de réussite", blank=True, max_length=LONGUEUR_TEXTE)
    premiers_pas = models.TextField("premiers pas", blank=True, max_length=LONGUEUR_TEXTE)
    taille = models.CharField("taille", max_length=8, choices=Taille.choices)
    etat = models.CharField("état", max_length=10, choices=Etat.choices, default=Etat.IDEE)
    porteur = models.CharField("porté par (une fonction)", max_length=160, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="chantiers",
        verbose_name="organisation",
    )
    orientation = models.ForeignKey(
        Orientation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="chantiers",
        verbose_name="orientation",
    )
    pistes = models.ManyToManyField(
        Piste, related_name="chantiers", blank=True, verbose_name="pistes"
    )
    terrains = models.ManyToManyField(
        Terrain, related_name="chantiers", blank=True, verbose_name="terrains"
    )
    est_public = models.BooleanField("visible par tout le monde", default=False)
    source = models.CharField("source", max_length=200, blank=True)
    cree_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="créé par",
    )
    cree_le = models.DateTimeField("créé le", auto_now_add=True)
    modifie_le = models.DateTimeField("modifié le", auto_now=True)

    class Meta:
        verbose_name = "chantier"
        verbose_name_plural = "chantiers"
        ordering = ["-cree_le", "-pk"]

    def __str__(self) -> str:
        return self.titre

    def get_absolute_url(self) -> str:
        return reverse("pistes:chantier", args=[self.pk])


class Scenario(Livrable):
    """A crisis to confront a piste or a chantier with; a small library that curateurs edit."""

    cle = models.SlugField("clé", max_length=60, unique=True)
    titre = models.CharField("titre", max_length=120)
    rang = models.PositiveSmallIntegerField("rang")
    description = models.TextField("ce qui arrive", blank=True, max_length=LONGUEUR_TEXTE)
    questions = models.TextField("questions à se poser", blank=True, max_length=LONGUEUR_TEXTE)

    class Meta:
        verbose_name = "scénario de crise"
        verbose_name_plural = "scénarios de crise"
        ordering = ["rang", "pk"]

    def __str__(self) -> str:
        return self.titre


class CrashTest(models.Model):
    """One piste, or one chantier, confronted with one crisis."""

    scenario = models.ForeignKey(
        Scenario, models.PROTECT, related_name="crash_tests", verbose_name="crise"
    )
    piste = models.ForeignKey(
        Piste,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="crash_tests",
        verbose_name="piste",
    )
    chantier = models.ForeignKey(
        Chantier,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="crash_tests",
        verbose_name="chantier",
    )
    tient = models.TextField("ce qui tient", blank=True, max_length=LONGUEUR_TEXTE)
    casse = models.TextField("ce qui casse", blank=True, max_length=LONGUEUR_TEXTE)
    effets_pervers = models.TextField("effets pervers", blank=True, max_length=LONGUEUR_TEXTE)
    amelioration = models.TextField("amélioration décidée", blank=True, max_length=LONGUEUR_TEXTE)
    fait_le = models.DateField("fait le")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="crash_tests",
        verbose_name="organisation",
    )
    est_public = models.BooleanField("visible par tout le monde", default=False)
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="rempli par",
    )
    cree_le = models.DateTimeField("créé le", auto_now_add=True)

    class Meta:
        verbose_name = "crash test"
        verbose_name_plural = "crash tests"
        ordering = ["-fait_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(piste__isnull=True, chantier__isnull=False)
                | models.Q(piste__isnull=False, chantier__isnull=True),
                name="pistes_crash_test_un_sujet",
                violation_error_message="Choisissez une piste ou un chantier, pas les deux.",
            )
        ]
        indexes = [
            models.Index(fields=["piste", "scenario"], name="pistes_crash_test_matrice"),
        ]

    def __str__(self) -> str:
        return f"{self.piste or self.chantier} : {self.scenario}"

    def get_absolute_url(self) -> str:
        return reverse("pistes:crash_test", args=[self.pk])
