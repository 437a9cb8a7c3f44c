"""What happened in a dispositif: who, when. Rows are never changed nor deleted (migration 0002)."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from config.jours import jour_de
from engagement.models.dispositif import Dispositif


class Ligne(models.Model):
    """One line of history, of ``sujet`` (« besoin:12 », « mise_en_relation:4 »). It never holds a private reason."""

    dispositif = models.ForeignKey(
        Dispositif, models.PROTECT, related_name="historique", verbose_name="dispositif"
    )
    sujet = models.CharField("sujet", max_length=40)
    action = models.CharField("action", max_length=24)
    de = models.CharField("de l'état", max_length=14, blank=True)
    vers = models.CharField("vers l'état", max_length=14, blank=True)
    libelle = models.CharField("libellé", max_length=200)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="par"
    )
    le = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "ligne d'historique"
        verbose_name_plural = "historique"
        ordering = ["le", "pk"]
        indexes = [
            models.Index(fields=["dispositif", "-le"], name="engagement_ligne_recentes"),
            models.Index(fields=["sujet", "le"], name="engagement_ligne_sujet"),
        ]

    def __str__(self) -> str:
        return f"{self.libelle} ({jour_de(self.le):%d/%m/%Y})"
