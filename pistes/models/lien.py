"""The links of the inspirations, and the last day each one answered."""

import datetime as dt
from typing import Protocol, Self

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

# One visit a week: a site that misses a single one may only have been down that night.
PATIENCE = dt.timedelta(days=10)


class Constat(Protocol):
    """What a visit saw (``pistes.liens.visite``)."""

    @property
    def repond(self) -> bool: ...
    @property
    def statut(self) -> int | None: ...
    @property
    def raison(self) -> str: ...


class LienVerifieQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Links by what their last visit saw."""

    def dus(self, avant: dt.datetime) -> Self:
        """Those not visited since that instant."""
        return self.filter(models.Q(verifie_le__isnull=True) | models.Q(verifie_le__lte=avant))

    def en_panne(self) -> Self:
        """Those that did not answer the last time, longest silence first."""
        jamais = models.Q(repond_le__isnull=True)
        muets = self.filter(
            models.Q(verifie_le__isnull=False)
            & (jamais | models.Q(repond_le__lt=models.F("verifie_le")))
        )
        return muets.order_by(models.F("repond_le").asc(nulls_first=True), "pk")


class LienVerifie(models.Model):
    """One address; looked at once a week, politely, and never on a private network."""

    adresse = models.URLField("adresse", max_length=500, unique=True)
    verifie_le = models.DateTimeField("vérifié le", null=True, blank=True)
    repond_le = models.DateTimeField("dernière réponse le", null=True, blank=True)
    # HTTP status of the last try; None when nothing answered.
    statut = models.PositiveSmallIntegerField("réponse", null=True, blank=True)
    raison = models.CharField("ce qui s'est passé", max_length=200, blank=True)

    objects = LienVerifieQuerySet.as_manager()

    class Meta:
        verbose_name = "lien vérifié"
        verbose_name_plural = "liens vérifiés"
        ordering = ["pk"]
        indexes = [models.Index(fields=["verifie_le"], name="pistes_lien_a_verifier")]

    def __str__(self) -> str:
        return self.adresse

    def constater(self, constat: Constat, *, at: dt.datetime) -> None:
        """Take in what a visit saw; the caller saves."""
        self.verifie_le = at
        self.statut, self.raison = constat.statut, constat.raison[:200]
        if constat.repond:
            self.repond_le = at

    @property
    def repond(self) -> bool:
        """Whether it answered the last time."""
        return self.repond_le is not None and self.repond_le == self.verifie_le

    @property
    def est_mort(self) -> bool:
        """Whether it missed more than one visit in a row, or never answered."""
        if self.verifie_le is None or self.repond:
            return False
        return self.repond_le is None or self.verifie_le - self.repond_le > PATIENCE

    @property
    def phrase(self) -> str:
        """What a reader is told of it; "" while nobody has looked."""
        if self.verifie_le is None:
            return ""
        if self.repond_le is None:
            return f"ne répondait pas le {_jour(self.verifie_le)}"
        if self.est_mort:
            return f"ne répond plus depuis le {_jour(self.repond_le)}"
        return f"répondait le {_jour(self.repond_le)}"


def _jour(instant: dt.datetime) -> str:
    return date_format(timezone.localtime(instant), "j F Y")
