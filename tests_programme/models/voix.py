"""What those who lived the test say of it (TOPOGUIDE, fiche outil, rule 4)."""

from django.db import models

from config.saisie import LONGUEUR_TEXTE
from tests_programme.models.carnet import Note
from tests_programme.models.questionnaire import Reponse
from tests_programme.models.test import Test


class Voix(models.Model):
    """One voice, signed by a function, published with consent. It may disagree with the évaluation."""

    class Origine(models.TextChoices):
        """How it was heard."""

        ECRITE = "ecrite", "Rapportée par l'équipe"
        ENTRETIEN = "entretien", "Entretien"
        QUESTIONNAIRE = "questionnaire", "Questionnaire"
        JOURNAL = "journal", "Journal de bord"

    class Position(models.TextChoices):
        """What it says of the hypothesis, set beside the team's verdict."""

        SANS_AVIS = "", "Sans avis sur l'hypothèse"
        ACCORD = "accord", "D'accord : l'hypothèse se vérifie"
        NUANCE = "nuance", "En partie seulement"
        DESACCORD = "desaccord", "Pas d'accord : l'hypothèse ne se vérifie pas"

    test = models.ForeignKey(Test, models.CASCADE, related_name="voix", verbose_name="test")
    origine = models.CharField(
        "recueillie par", max_length=14, choices=Origine.choices, default=Origine.ECRITE
    )
    fonction = models.CharField("signée par (une fonction)", max_length=160)
    texte = models.TextField("ses mots", max_length=LONGUEUR_TEXTE)
    position = models.CharField(
        "son avis sur l'hypothèse",
        max_length=10,
        choices=Position.choices,
        blank=True,
        default="",
    )
    consentement = models.BooleanField("la personne accepte d'être citée", default=False)
    recueillie_le = models.DateField("recueillie le", null=True, blank=True)
    reponse = models.OneToOneField(
        Reponse,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="voix",
        editable=False,
        verbose_name="réponse au questionnaire",
    )
    note = models.ForeignKey(
        Note,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="voix",
        editable=False,
        verbose_name="note du journal de bord",
    )

    class Meta:
        verbose_name = "voix"
        verbose_name_plural = "voix"
        ordering = ["test", "pk"]

    def __str__(self) -> str:
        return f"{self.fonction} : {self.texte[:60]}"
