"""One line of a history: who did what, when, why."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from config.saisie import LONGUEUR_TEXTE


class Entree(models.Model):
    """Written once; never changed nor deleted by itself, gone with what it is about."""

    action = models.CharField("action", max_length=12)
    libelle = models.CharField("libellé", max_length=160)
    motif = models.TextField("motif", blank=True, max_length=LONGUEUR_TEXTE)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="par"
    )
    le = models.DateTimeField("le", default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["le", "pk"]

    def __str__(self) -> str:
        return self.libelle

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A line of history is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A line of history is never deleted.")
