"""The groupe miroir: readers from elsewhere, invited to comment (TOPOGUIDE, programme of May 2022)."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone

from config.saisie import LONGUEUR_TEXTE
from tests_programme.models.programme import Programme
from tests_programme.models.test import Test


def nouveau_jeton() -> str:
    """What the personal invitation link holds."""
    return secrets.token_urlsafe(24)


class LecteurMiroir(models.Model):
    """Somebody invited to read a programme; a reader once their account has accepted, until ``retire_le``."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="miroir", verbose_name="programme"
    )
    email = models.EmailField("adresse e-mail")
    fonction = models.CharField("fonction", max_length=160, blank=True)
    jeton = models.CharField(max_length=64, unique=True, default=nouveau_jeton, editable=False)
    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="lectures_miroir",
        editable=False,
        verbose_name="compte",
    )
    invite_le = models.DateTimeField("invité·e le", default=timezone.now, editable=False)
    accepte_le = models.DateTimeField("accepté le", null=True, blank=True, editable=False)
    retire_le = models.DateTimeField("retiré le", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "lecteur·rice du groupe miroir"
        verbose_name_plural = "groupe miroir"
        ordering = ["programme", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "email"],
                condition=models.Q(retire_le__isnull=True),
                name="tests_programme_miroir_unique",
                violation_error_message="Cette personne est déjà invitée.",
            )
        ]

    def __str__(self) -> str:
        return self.fonction or self.email


class Commentaire(models.Model):
    """What a reader of the groupe miroir, or somebody of the programme, says of it or of one test."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="commentaires", verbose_name="programme"
    )
    test = models.ForeignKey(
        Test,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="commentaires",
        verbose_name="test",
    )
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="de",
    )
    signature = models.CharField("signé", max_length=160, editable=False)
    texte = models.TextField("commentaire", max_length=LONGUEUR_TEXTE)
    le = models.DateTimeField("le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "commentaire"
        verbose_name_plural = "commentaires"
        ordering = ["-le", "-pk"]
        indexes = [
            models.Index(fields=["programme", "-le", "-id"], name="tests_commentaire_recents")
        ]

    def __str__(self) -> str:
        return self.texte[:80]
