"""The one extension a test may have, shown on its page for ever."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from config.saisie import LONGUEUR_TEXTE
from tests_programme.models.test import Test


class Prolongation(models.Model):
    """Asked with a reason and a new date; takes effect once every party has agreed again."""

    test = models.ForeignKey(
        Test, models.CASCADE, related_name="prolongations", verbose_name="test"
    )
    ancienne_date = models.DateField("ancienne date de péremption")
    nouvelle_date = models.DateField("nouvelle date de péremption")
    motif = models.TextField("motif", max_length=LONGUEUR_TEXTE)
    demandee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="demandée par",
    )
    demandee_le = models.DateTimeField("demandée le", default=timezone.now)
    effective_le = models.DateTimeField("effective le", null=True, blank=True)

    class Meta:
        verbose_name = "prolongation"
        verbose_name_plural = "prolongations"
        constraints = [
            models.UniqueConstraint(
                fields=["test"],
                name="tests_programme_prolongation_unique",
                violation_error_message="Un test ne se prolonge qu'une fois.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.test} → {self.nouvelle_date:%d/%m/%Y}"
