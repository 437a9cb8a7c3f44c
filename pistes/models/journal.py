"""The history of a text: who did what, when, why. Rows are never changed nor deleted."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from config.saisie import LONGUEUR_TEXTE


class EntreeEditoriale(models.Model):
    """One line of the life of one edition, of a piste or of an orientation."""

    edition_piste = models.ForeignKey(
        "pistes.EditionPiste",
        models.CASCADE,
        null=True,
        related_name="journal",
        verbose_name="texte de piste",
    )
    edition_orientation = models.ForeignKey(
        "pistes.EditionOrientation",
        models.CASCADE,
        null=True,
        related_name="journal",
        verbose_name="texte d'orientation",
    )
    action = models.CharField("action", max_length=12)
    libelle = models.CharField("libellé", max_length=160)
    motif = models.TextField("motif", blank=True, max_length=LONGUEUR_TEXTE)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="par"
    )
    le = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "ligne d'historique d'un texte"
        verbose_name_plural = "historique des textes"
        ordering = ["le", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(edition_piste__isnull=True, edition_orientation__isnull=False)
                | models.Q(edition_piste__isnull=False, edition_orientation__isnull=True),
                name="pistes_entree_un_texte",
                violation_error_message="Une ligne d'historique parle d'un seul texte.",
            )
        ]

    def __str__(self) -> str:
        return self.libelle

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A line of history is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A line of history is never deleted.")
