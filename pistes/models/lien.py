"""The links of the inspirations, and the last day each one answered."""

from django.db import models


class LienVerifie(models.Model):
    """One address; looked at once a week, politely, and never on a private network."""

    adresse = models.URLField("adresse", max_length=500, unique=True)
    verifie_le = models.DateTimeField("vérifié le", null=True, blank=True)
    repond_le = models.DateTimeField("dernière réponse le", null=True, blank=True)
    # HTTP status of the last try; None when nothing answered.
    statut = models.PositiveSmallIntegerField("réponse", null=True, blank=True)
    raison = models.CharField("ce qui s'est passé", max_length=200, blank=True)

    class Meta:
        verbose_name = "lien vérifié"
        verbose_name_plural = "liens vérifiés"
        ordering = ["pk"]
        indexes = [models.Index(fields=["verifie_le"], name="pistes_lien_a_verifier")]

    def __str__(self) -> str:
        return self.adresse
