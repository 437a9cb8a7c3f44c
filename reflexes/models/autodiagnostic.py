"""A short questionnaire an organisation fills in, terrain by terrain (DOMAIN, "autodiagnostic")."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from comptes.models import Organisation
from reflexes.models.controverse import Terrain
from reflexes.models.enquete import Enquete
from reflexes.models.vie_autodiagnostic import VieAutodiagnostic


class Autodiagnostic(VieAutodiagnostic, models.Model):
    """One an organisation and an enquête: a draft until ``soumis_le``, then part of the aggregate."""

    enquete = models.ForeignKey(
        Enquete, models.CASCADE, related_name="autodiagnostics", verbose_name="enquête"
    )
    # Deleting one organisation would tell, by difference, what it had said in the aggregate.
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="autodiagnostics", verbose_name="organisation"
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
    # Organisations enter the aggregate five by five: see docs/decisions, 10.
    lot = models.PositiveIntegerField("lot", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "autodiagnostic"
        verbose_name_plural = "autodiagnostics"
        ordering = ["enquete", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquete", "organisation"],
                name="reflexes_autodiagnostic_unique",
                violation_error_message="Votre organisation a déjà son autodiagnostic.",
            ),
            models.CheckConstraint(
                condition=models.Q(lot__isnull=True) | models.Q(soumis_le__isnull=False),
                name="reflexes_autodiagnostic_lot_soumis",
                violation_error_message="Seul un autodiagnostic soumis entre dans l'ensemble.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} : {self.enquete}"

    def get_absolute_url(self) -> str:
        return reverse("reflexes:autodiagnostic", args=[self.enquete.cle, self.organisation_id])

    @property
    def est_soumis(self) -> bool:
        """Whether it has left the hands of the organisation."""
        return self.soumis_le is not None

    @property
    def est_compte(self) -> bool:
        """Whether it is in the aggregate, for good."""
        return self.lot is not None


class Degre(models.IntegerChoices):
    """How strongly a phenomenon was lived, in words."""

    UN = 1, "À peine"
    DEUX = 2, "Un peu"
    TROIS = 3, "Assez"
    QUATRE = 4, "Beaucoup"
    CINQ = 5, "Énormément"


class ReponseAutodiagnostic(models.Model):
    """What one organisation says of one terrain. ``vecu`` unknown: it cannot tell."""

    autodiagnostic = models.ForeignKey(
        Autodiagnostic, models.CASCADE, related_name="reponses", verbose_name="autodiagnostic"
    )
    terrain = models.ForeignKey(
        Terrain, models.PROTECT, related_name="reponses", verbose_name="terrain"
    )
    vecu = models.BooleanField("nous l'avons vécu", null=True, blank=True)
    degre = models.PositiveSmallIntegerField("degré", null=True, blank=True, choices=Degre.choices)
    # For the organisation alone: shown to nobody else, in no aggregate.
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
            models.CheckConstraint(
                condition=models.Q(vecu=True, degre__isnull=False)
                | models.Q(vecu=False, degre__isnull=True)
                | models.Q(vecu__isnull=True, degre__isnull=True),
                name="reflexes_reponse_degre_si_vecu",
                violation_error_message="Le degré se donne pour ce qui a été vécu, et seulement alors.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.terrain} : {self.degre or '-'}"

    @property
    def en_mots(self) -> str:
        """The answer as it is read: « Vécu, beaucoup »."""
        if self.vecu is None:
            return "Nous ne savons pas"
        return f"Vécu, {self.get_degre_display().lower()}" if self.vecu else "Pas vécu"
