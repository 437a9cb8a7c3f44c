"""A short questionnaire an organisation fills in, terrain by terrain (DOMAIN, "autodiagnostic")."""

from django.conf import settings
from django.db import models

from comptes.models import Organisation
from reflexes.models.controverse import Terrain
from reflexes.models.enquete import Enquete


class Autodiagnostic(models.Model):
    """One an organisation and an enquête: a draft until ``soumis_le``, then part of the aggregate."""

    enquete = models.ForeignKey(
        Enquete, models.CASCADE, related_name="autodiagnostics", verbose_name="enquête"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="autodiagnostics", verbose_name="organisation"
    )
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="rempli par",
    )
    modifie_le = models.DateTimeField("modifié le", auto_now=True)
    soumis_le = models.DateTimeField("soumis le", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "autodiagnostic"
        verbose_name_plural = "autodiagnostics"
        ordering = ["enquete", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquete", "organisation"],
                name="reflexes_autodiagnostic_unique",
                violation_error_message="Votre organisation a déjà son autodiagnostic.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} : {self.enquete}"


class ReponseAutodiagnostic(models.Model):
    """What one organisation says of one terrain."""

    autodiagnostic = models.ForeignKey(
        Autodiagnostic, models.CASCADE, related_name="reponses", verbose_name="autodiagnostic"
    )
    terrain = models.ForeignKey(
        Terrain, models.PROTECT, related_name="reponses", verbose_name="terrain"
    )
    vecu = models.BooleanField("nous l'avons vécu", null=True, blank=True)
    degre = models.PositiveSmallIntegerField("degré", null=True, blank=True)
    phrase = models.CharField("en une phrase", max_length=500, blank=True)

    class Meta:
        verbose_name = "réponse à l'autodiagnostic"
        verbose_name_plural = "réponses à l'autodiagnostic"
        ordering = ["autodiagnostic", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["autodiagnostic", "terrain"], name="reflexes_reponse_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(degre__isnull=True) | models.Q(degre__range=(1, 5)),
                name="reflexes_reponse_degre",
                violation_error_message="Le degré va de 1 à 5.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.terrain} : {self.degre or '-'}"
