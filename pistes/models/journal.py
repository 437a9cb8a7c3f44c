"""The history of a text: who did what, when, why. Rows are never changed nor deleted."""

from django.db import models

from pistes.models.entree import Entree


class EntreeEditoriale(Entree):
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

    class Meta(Entree.Meta):
        verbose_name = "ligne d'historique d'un texte"
        verbose_name_plural = "historique des textes"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(edition_piste__isnull=True, edition_orientation__isnull=False)
                | models.Q(edition_piste__isnull=False, edition_orientation__isnull=True),
                name="pistes_entree_un_texte",
                violation_error_message="Une ligne d'historique parle d'un seul texte.",
            )
        ]
