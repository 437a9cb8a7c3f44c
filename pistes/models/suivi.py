"""What happened to a chantier or to a cahier: who, when, why. Rows are never changed nor deleted."""

from django.db import models

from pistes.models.entree import Entree


class EntreeSuivi(Entree):
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

    class Meta(Entree.Meta):
        verbose_name = "ligne de suivi"
        verbose_name_plural = "suivi des chantiers et des cahiers"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(chantier__isnull=True, cahier__isnull=False)
                | models.Q(chantier__isnull=False, cahier__isnull=True),
                name="pistes_suivi_un_sujet",
                violation_error_message="Une ligne de suivi parle d'un chantier ou d'un cahier.",
            )
        ]
