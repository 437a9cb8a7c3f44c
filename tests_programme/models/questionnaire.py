"""The questionnaire of a test: open by a link or a QR code, without an account, under two minutes."""

import secrets
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from config.jours import jour_de
from tests_programme.models.test import Test


def nouveau_jeton() -> str:
    """What the public address holds: short enough for a QR code read on a wall, impossible to guess."""
    return secrets.token_urlsafe(12)


class Questionnaire(models.Model):
    """One a test. It takes answers from ``ouvert_le`` to ``ferme_le``, both Paris days included."""

    test = models.OneToOneField(
        Test, models.CASCADE, related_name="questionnaire", verbose_name="test"
    )
    jeton = models.CharField(
        "jeton", max_length=32, unique=True, default=nouveau_jeton, editable=False
    )
    introduction = models.TextField("mot d'accueil", blank=True, max_length=1000)
    ouvert_le = models.DateField("ouvert à partir du", default=jour_de)
    ferme_le = models.DateField("ouvert jusqu'au")
    cree_le = models.DateTimeField("créé le", auto_now_add=True)

    class Meta:
        verbose_name = "questionnaire"
        verbose_name_plural = "questionnaires"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ferme_le__gte=models.F("ouvert_le")),
                name="tests_programme_questionnaire_dates",
                violation_error_message="Le questionnaire ferme avant d'avoir ouvert : changez une date.",
            )
        ]

    def __str__(self) -> str:
        return f"Questionnaire de {self.test}"

    def get_absolute_url(self) -> str:
        return reverse("tests_programme:repondre", args=[self.jeton])


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

    class Meta:
        verbose_name = "question"
        verbose_name_plural = "questions"
        ordering = ["questionnaire", "rang", "pk"]

    def __str__(self) -> str:
        return self.libelle


class Reponse(models.Model):
    """One person's answers: a day, never an address nor a cookie."""

    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="reponses", verbose_name="questionnaire"
    )
    recue_le = models.DateField("reçue le", default=jour_de)
    # Drawn with the page: the same page sent twice is one answer.
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


class ValeurReponse(models.Model):
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
    etiquettes = ArrayField(models.CharField(max_length=40), default=list, blank=True, size=6)

    class Meta:
        verbose_name = "valeur"
        verbose_name_plural = "valeurs"
        ordering = ["reponse", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reponse", "question"], name="tests_programme_valeur_unique"
            )
        ]

    def __str__(self) -> str:
        return self.texte or str(self.nombre)
