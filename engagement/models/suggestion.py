"""What the machine suggested for a whole dispositif, kept until the next time it is asked."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from engagement.models.besoin import Besoin
from engagement.models.offre import Offre


class Suggestion(models.Model):
    """One offer for one need, and why, in words. It never becomes a mise en relation without a click."""

    besoin = models.ForeignKey(
        Besoin, models.CASCADE, related_name="suggestions", verbose_name="besoin"
    )
    offre = models.ForeignKey(
        Offre, models.CASCADE, related_name="suggestions", verbose_name="offre"
    )
    rang = models.PositiveSmallIntegerField("rang")
    convient = ArrayField(
        models.CharField(max_length=200), verbose_name="ce qui convient", default=list
    )
    manque = ArrayField(
        models.CharField(max_length=200), verbose_name="ce qui manque", default=list
    )
    calculee_le = models.DateTimeField("calculée le", default=timezone.now)

    class Meta:
        verbose_name = "suggestion"
        verbose_name_plural = "suggestions"
        ordering = ["besoin", "rang"]
        constraints = [
            models.UniqueConstraint(fields=["besoin", "rang"], name="engagement_suggestion_rang"),
        ]

    def __str__(self) -> str:
        return f"{self.besoin_id} : {self.rang}"
