"""What has left the platform: one row an export."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from config.jours import jour_de


class ExportFait(models.Model):
    """Who took what, under which filter, in which format, when.

    ``lignes`` is written once the last row has left: empty, the download was interrupted.
    """

    class Format(models.TextChoices):
        """How it was written."""

        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"

    quoi = models.CharField("données", max_length=20)
    format = models.CharField("format", max_length=4, choices=Format.choices)
    filtre = models.JSONField("filtre", default=dict, blank=True)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="exports_faits",
        verbose_name="par",
    )
    fait_le = models.DateTimeField("fait le", default=timezone.now)
    lignes = models.PositiveIntegerField("lignes", null=True, blank=True)

    class Meta:
        verbose_name = "export fait"
        verbose_name_plural = "exports faits"
        ordering = ["-fait_le", "-pk"]

    def __str__(self) -> str:
        return f"{self.quoi}.{self.format} ({jour_de(self.fait_le):%d/%m/%Y})"

    def terminer(self, lignes: int) -> None:
        """Record that every row has left. One query."""
        self.lignes = lignes
        self.save(update_fields=["lignes"])

    @property
    def filtre_en_mots(self) -> str:
        """The filter as it stood in the address: "etat : evalue, q : crèche"."""
        return ", ".join(f"{nom} : {valeur}" for nom, valeur in self.filtre.items())
