"""The history of a test: who, when, why. Rows are never changed nor deleted."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from config.jours import jour_de
from config.saisie import LONGUEUR_TEXTE
from tests_programme.models.test import Test


class EntreeJournal(models.Model):
    """One line of a test's history."""

    test = models.ForeignKey(Test, models.PROTECT, related_name="journal", verbose_name="test")
    action = models.CharField("action", max_length=20)
    de = models.CharField("de l'état", max_length=12, blank=True)
    vers = models.CharField("vers l'état", max_length=12)
    libelle = models.CharField("libellé", max_length=160)
    motif = models.TextField("motif", blank=True, max_length=LONGUEUR_TEXTE)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="par"
    )
    le = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "ligne d'historique"
        verbose_name_plural = "historique"
        ordering = ["test", "le", "pk"]

    def __str__(self) -> str:
        return f"{self.libelle} ({jour_de(self.le):%d/%m/%Y})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A line of history is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A line of history is never deleted.")
