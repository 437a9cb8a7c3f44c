"""Which pole of a controverse a test speaks for, terrain by terrain: its team says it."""

from collections.abc import Collection
from typing import cast

from django.db import models
from django.db.models import Count

from reflexes.models import Pole, Terrain
from reflexes.poids import Comptes
from tests_programme.models.test import Test


class Appui(models.Model):
    """One test, on one terrain its piste answers, speaks for one pole."""

    test = models.ForeignKey(Test, models.CASCADE, related_name="appuis", verbose_name="test")
    terrain = models.ForeignKey(
        Terrain, models.PROTECT, related_name="appuis", verbose_name="terrain"
    )
    pole = models.CharField("parle pour", max_length=1, choices=Pole.choices)

    class Meta:
        verbose_name = "appui à un pôle"
        verbose_name_plural = "appuis aux pôles"
        ordering = ["test", "terrain"]
        constraints = [
            models.UniqueConstraint(
                fields=["test", "terrain"], name="tests_programme_appui_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(pole__in=["a", "b"]),
                name="tests_programme_appui_pole",
                violation_error_message="Choisissez l'un des deux pôles.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.test} : {self.terrain}"


def compter_les_tests(terrains: Collection[int]) -> Comptes:
    """How many evaluated tests anybody may read speak for each pole of these terrains. One query.

    A terrain its piste answers no more is one its team can no longer speak of: it does not count.
    """
    lisibles = Appui.objects.filter(
        terrain__in=terrains,
        test__in=Test.objects.publics().filter(etat="evalue"),
        test__piste__terrains=models.F("terrain"),
    )
    comptes = lisibles.order_by().values_list("terrain", "pole").annotate(nombre=Count("pk"))
    return cast(Comptes, comptes)
