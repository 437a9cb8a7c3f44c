"""What happened to a chantier or to a cahier: who, when, why. Rows are never changed nor deleted."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from config.saisie import LONGUEUR_TEXTE


class EntreeSuivi(models.Model):
    """One line of the life of a chantier, or of a cahier d'écoute."""

    chantier = models.ForeignKey(
        "pistes.Chantier",
        models.CASCADE,
        null=True,
        related_name="journal",
        verbose_name="chantier",
    )
    cahier = models.ForeignKey(
        "pistes.Cahier",
        models.CASCADE,
        null=True,
        related_name="journal",
        verbose_name="cahier d'écoute",
    )
    action = models.CharField("action", max_length=12)
    libelle = models.CharField("libellé", max_length=160)
    motif = models.TextField("motif", blank=True, max_length=LONGUEUR_TEXTE)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="par"
    )
    le = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "ligne de suivi"
        verbose_name_plural = "suivi des chantiers et des cahiers"
        ordering = ["le", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(chantier__isnull=True, cahier__isnull=False)
                | models.Q(chantier__isnull=False, cahier__isnull=True),
                name="pistes_suivi_un_sujet",
                violation_error_message="Une ligne de suivi parle d'un chantier ou d'un cahier.",
            )
        ]

    def __str__(self) -> str:
        return self.libelle
