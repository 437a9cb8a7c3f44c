"""The regular points of a running test."""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from config.jours import jour_de
from config.saisie import LONGUEUR_TEXTE
from reflexes.models import empreinte_de
from tests_programme import points
from tests_programme.models.test import Test
from tests_programme.perms import peut_modifier
from tests_programme.querysets_points import PointRegulierQuerySet

if TYPE_CHECKING:
    from comptes.models import Utilisateur

CHAMPS = ("constat", "inquietude", "on_continue")


class PointImpossible(Exception):
    """A point is held while the test runs, on its day or after; the message says what is wrong."""


class PointChange(Exception):
    """Somebody else wrote about the same point meanwhile; ``point`` is what is kept."""

    def __init__(self, point: "PointRegulier") -> None:
        super().__init__(str(point))
        self.point = point


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

    objects = PointRegulierQuerySet.as_manager()

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

    @property
    def est_manque(self) -> bool:
        """Whether its day has passed without it."""
        return self.tenu_le is None and self.prevu_le < jour_de()

    def version(self) -> str:
        """The fingerprint of what is written about it."""
        return empreinte_de([str(getattr(self, champ) or "") for champ in CHAMPS])

    @transaction.atomic
    def tenir(
        self, *, par: "Utilisateur", vue: str, at: dt.datetime | None = None
    ) -> "PointRegulier":
        """Record what was said, on the day of the point or later; again, it corrects it.

        A point outside the plan is one of today. ``vue`` is the version the person was shown.
        Raises PermissionDenied, PointImpossible, PointChange.
        """
        self.test._verrouiller()
        if not peut_modifier(par, self.test):
            raise PermissionDenied
        if self.test.est_recit or self.test.etat_au(at) != "en_cours":
            raise PointImpossible("Ce test ne tourne pas : il n'y a pas de point à tenir.")
        if self.prevu_le > jour_de(at):
            raise PointImpossible("Ce point n'est pas encore venu. Tenez-en un aujourd'hui.")
        garde: PointRegulier | None = self.test.points.filter(prevu_le=self.prevu_le).first()
        if garde is not None:
            if all(getattr(garde, champ) == getattr(self, champ) for champ in CHAMPS):
                return garde  # a second click says the same thing
            if vue != garde.version():
                raise PointChange(garde)
        self.pk = garde.pk if garde else None
        self.tenu_le, self.par = (garde.tenu_le, garde.par) if garde else (None, None)
        premiere_fois = self.tenu_le is None
        if premiere_fois:
            self.tenu_le, self.par = at or timezone.now(), par
        self.save()
        if premiere_fois:
            suite = "on continue" if self.on_continue else "on ne continue pas"
            self.test._noter("tenir_point", f"{self} : {suite}", par=par, at=at)
        points.replanifier(self.test, at=at)
        return self
