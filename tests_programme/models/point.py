"""The regular points of a running test, and the thread with those who animate its programme."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from config.saisie import LONGUEUR_TEXTE
from tests_programme.models.test import Test


class PointRegulier(models.Model):
    """A planned day to look together; held once ``tenu_le`` is set."""

    test = models.ForeignKey(Test, models.CASCADE, related_name="points", verbose_name="test")
    prevu_le = models.DateField("prévu le")
    constat = models.TextField("ce que nous voyons", blank=True, max_length=LONGUEUR_TEXTE)
    inquietude = models.TextField("ce qui nous inquiète", blank=True, max_length=LONGUEUR_TEXTE)
    on_continue = models.BooleanField("on continue", null=True, blank=True)
    tenu_le = models.DateTimeField("tenu le", null=True, blank=True, editable=False)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="par",
    )

    class Meta:
        verbose_name = "point régulier"
        verbose_name_plural = "points réguliers"
        ordering = ["test", "prevu_le"]
        constraints = [
            models.UniqueConstraint(
                fields=["test", "prevu_le"],
                name="tests_programme_point_unique",
                violation_error_message="Un point est déjà prévu ce jour-là.",
            )
        ]

    def __str__(self) -> str:
        return f"Point du {self.prevu_le:%d/%m/%Y}"


class Echange(models.Model):
    """One message between a team and the animateur·rices of its programme; the thread stays."""

    test = models.ForeignKey(Test, models.CASCADE, related_name="echanges", verbose_name="test")
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="de",
    )
    de_l_animation = models.BooleanField("de l'animation", default=False, editable=False)
    texte = models.TextField("message", max_length=LONGUEUR_TEXTE)
    le = models.DateTimeField("le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "échange avec l'animation"
        verbose_name_plural = "échanges avec l'animation"
        ordering = ["test", "le", "pk"]

    def __str__(self) -> str:
        return self.texte[:80]
