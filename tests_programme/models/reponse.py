"""What one person answered to a questionnaire: a day, numbers, words. Never an address nor a cookie."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from config.jours import jour_de
from tests_programme.etiquettes import NOMBRE_MAXIMAL, SIGNES_MAXIMUM
from tests_programme.models.question import Question
from tests_programme.models.questionnaire import Questionnaire
from tests_programme.querysets_voix import TexteQuerySet


class PositionSurHypothese(models.TextChoices):
    """What somebody says of the hypothesis, set beside the team's verdict."""

    SANS_AVIS = "", "Sans avis sur l'hypothèse"
    ACCORD = "accord", "D'accord : l'hypothèse se vérifie"
    NUANCE = "nuance", "En partie seulement"
    DESACCORD = "desaccord", "Pas d'accord : l'hypothèse ne se vérifie pas"


class Etiquetable(models.Model):
    """Words that the team sorts with tags of its own."""

    etiquettes = ArrayField(
        models.CharField(max_length=SIGNES_MAXIMUM), default=list, blank=True, size=NOMBRE_MAXIMAL
    )

    class Meta:
        abstract = True


class Reponse(models.Model):
    """One person's answers. The position is kept here, so that it counts without any word."""

    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="reponses", verbose_name="questionnaire"
    )
    recue_le = models.DateField("reçue le", default=jour_de)
    position = models.CharField(
        "son avis sur l'hypothèse",
        max_length=10,
        choices=PositionSurHypothese.choices,
        blank=True,
        default="",
    )
    # Made from what was drawn with the page and what was typed in it: the same page sent twice is one answer.
    envoi = models.UUIDField("envoi", default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = "réponse"
        verbose_name_plural = "réponses"
        ordering = ["questionnaire", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "envoi"],
                name="tests_programme_reponse_envoi_unique",
                violation_error_message="Cette réponse est déjà enregistrée.",
            )
        ]

    def __str__(self) -> str:
        return f"Réponse du {self.recue_le:%d/%m/%Y}"


class ValeurReponse(Etiquetable):
    """What one person answered to one question; ``etiquettes``: how the team sorts the free texts."""

    reponse = models.ForeignKey(
        Reponse, models.CASCADE, related_name="valeurs", verbose_name="réponse"
    )
    question = models.ForeignKey(
        Question, models.PROTECT, related_name="valeurs", verbose_name="question"
    )
    # 1 to 5 on a scale, the rank of the choice (from 1) in a list.
    nombre = models.PositiveSmallIntegerField("nombre", null=True, blank=True)
    texte = models.TextField("texte", blank=True, max_length=2000)

    objects = TexteQuerySet.as_manager()

    class Meta:
        verbose_name = "valeur"
        verbose_name_plural = "valeurs"
        ordering = ["reponse", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reponse", "question"], name="tests_programme_valeur_unique"
            )
        ]
        indexes = [
            # The free texts of a question, read page by page.
            models.Index(
                fields=["question", "id"],
                name="tests_valeur_textes",
                condition=~models.Q(texte=""),
            )
        ]

    def __str__(self) -> str:
        return self.texte or str(self.nombre)
