"""One question of a questionnaire, ready-made or the team's own."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tests_programme.models.questionnaire import Questionnaire


class Question(models.Model):
    """One question in plain words."""

    class Type(models.TextChoices):
        """How one answers."""

        ECHELLE = "echelle", "Une note de 1 à 5"
        CHOIX = "choix", "Un choix dans une liste"
        TEXTE = "texte", "Quelques mots"

    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="questions", verbose_name="questionnaire"
    )
    rang = models.PositiveSmallIntegerField("rang")
    type = models.CharField("type", max_length=8, choices=Type.choices)
    libelle = models.CharField("question", max_length=200)
    choix = ArrayField(models.CharField(max_length=80), default=list, blank=True, size=8)
    obligatoire = models.BooleanField("réponse attendue", default=False)
    # Once somebody has answered, a question no longer changes nor goes: it may only be hidden.
    masquee = models.BooleanField("masquée", default=False, editable=False)

    class Meta:
        verbose_name = "question"
        verbose_name_plural = "questions"
        ordering = ["questionnaire", "rang", "pk"]

    def __str__(self) -> str:
        return self.libelle

    def montrer(self, oui: bool) -> None:
        """Show it to those who answer, or hide it; what was answered stays."""
        self.masquee = not oui
        self.save(update_fields=["masquee"])
