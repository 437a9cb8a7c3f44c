"""Crash tests: a piste or a chantier confronted with another crisis (ENQUÊTE, "atelier crash test")."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from comptes.models import Organisation
from config.saisie import LONGUEUR_TEXTE
from pistes.models.chantier import Chantier
from pistes.models.piste import Piste
from pistes.querysets_chantiers import CrashTestQuerySet
from reflexes.models import Livrable


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

    @property
    def lignes(self) -> list[str]:
        """Its questions, one a line."""
        return [ligne.strip() for ligne in self.questions.splitlines() if ligne.strip()]


class CrashTest(models.Model):
    """One piste, or one chantier, confronted with one crisis."""

    QUESTIONS = ("tient", "casse", "effets_pervers", "amelioration")
    TITRES = ("Ce qui tient", "Ce qui casse", "Effets pervers", "Amélioration décidée")

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

    objects = CrashTestQuerySet.as_manager()

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
        return f"{self.titre_du_sujet} : {self.scenario}"

    def get_absolute_url(self) -> str:
        return reverse("pistes:crash_test", args=[self.pk])

    @property
    def sujet(self) -> Piste | Chantier:
        """What was confronted. No query after ``pour_liste``."""
        sujet = self.piste or self.chantier
        assert sujet is not None
        return sujet

    @property
    def titre_du_sujet(self) -> str:
        """Its public title. One query for a piste."""
        if self.piste is None:
            return str(self.chantier)
        edition = self.piste.editions.publies().only("titre").first()
        return edition.titre if edition else str(self.piste)

    @property
    def reponses(self) -> list[tuple[str, str]]:
        """The four answers that were given, each with its question."""
        dites = zip(self.TITRES, (getattr(self, nom) for nom in self.QUESTIONS), strict=True)
        return [(titre, reponse) for titre, reponse in dites if reponse]
