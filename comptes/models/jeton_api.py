"""A key that lets another tool act in somebody's name: named, limited, dated, cut at any time."""

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils import timezone

from comptes.models.utilisateur import Utilisateur
from comptes.refus import DecisionImpossible

DEBUT = "rp_"
PAR_PERSONNE = 10
DUREES = (30, 90, 365)  # days
# Its last use is known to the minute: not a writing each time.
PRECISION = dt.timedelta(minutes=1)


class JetonApi(models.Model):
    """One key. Only its fingerprint is kept: it is shown once, and nobody reads it again, we included."""

    class Portee(models.TextChoices):
        """What it may be used for."""

        LIRE = "lire", "Lire ce que je peux lire"
        ECRIRE = "ecrire", "Noter des tests et leur journal de bord"

    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="jetons_api", verbose_name="personne"
    )
    nom = models.CharField("à quoi il sert", max_length=80)
    debut = models.CharField("début", max_length=8, editable=False)
    empreinte = models.CharField("empreinte", max_length=64, unique=True, editable=False)
    portees = ArrayField(
        models.CharField(max_length=10, choices=Portee.choices), verbose_name="ce qu'il permet"
    )
    cree_le = models.DateTimeField("créé le", default=timezone.now)
    expire_le = models.DateTimeField("expire le")
    coupe_le = models.DateTimeField("coupé le", null=True, blank=True)
    servi_le = models.DateTimeField("dernière utilisation", null=True, blank=True)

    class Meta:
        verbose_name = "jeton d'API"
        verbose_name_plural = "jetons d'API"
        ordering = ["-cree_le", "-pk"]

    def __str__(self) -> str:
        return f"{self.nom} ({self.debut}…)"

    @classmethod
    @transaction.atomic
    def creer(
        cls,
        *,
        utilisateur: Utilisateur,
        nom: str,
        portees: list[str],
        jours: int,
        at: dt.datetime | None = None,
    ) -> tuple["JetonApi", str]:
        """The key and its secret, to be shown once. Raises DecisionImpossible above ten that work."""
        at = at or timezone.now()
        Utilisateur.objects.select_for_update().get(pk=utilisateur.pk)
        if (
            cls.objects.filter(utilisateur=utilisateur, coupe_le=None, expire_le__gt=at).count()
            >= PAR_PERSONNE
        ):
            raise DecisionImpossible(
                f"Vous avez déjà {PAR_PERSONNE} jetons : coupez-en un d'abord."
            )
        secret = DEBUT + secrets.token_urlsafe(32)
        jeton = cls.objects.create(
            utilisateur=utilisateur,
            nom=nom,
            debut=secret[:8],
            empreinte=empreinte_de(secret),
            portees=portees,
            cree_le=at,
            expire_le=at + dt.timedelta(days=jours),
        )
        return jeton, secret

    @classmethod
    def de_secret(cls, secret: str, at: dt.datetime | None = None) -> "JetonApi | None":
        """The key that works with this secret now; None for any other. One query."""
        at = at or timezone.now()
        jetons = cls.objects.select_related("utilisateur").filter(
            empreinte=empreinte_de(secret), coupe_le=None, expire_le__gt=at
        )
        return jetons.filter(utilisateur__is_active=True).first()

    def fonctionne(self, at: dt.datetime | None = None) -> bool:
        """Whether it still opens (agrees with ``de_secret``)."""
        return self.coupe_le is None and (at or timezone.now()) < self.expire_le

    def servir(self, at: dt.datetime | None = None) -> None:
        """Note that it was used; a query a minute at most."""
        at = at or timezone.now()
        if self.servi_le is None or at - self.servi_le > PRECISION:
            self.servi_le = at
            self.save(update_fields=["servi_le"])

    def couper(self, at: dt.datetime | None = None) -> None:
        """It opens nothing any more. Cutting twice changes nothing."""
        if self.coupe_le is None:
            self.coupe_le = at or timezone.now()
            self.save(update_fields=["coupe_le"])


def empreinte_de(secret: str) -> str:
    """SHA-256: the secret is drawn, long, and needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()
