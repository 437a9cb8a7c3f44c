"""Who belongs to which organisation, with which role, and since when."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone

from comptes.models.organisation import Organisation
from comptes.querysets import AdhesionQuerySet


class Adhesion(models.Model):
    """A person's place in an organisation. Ends without being erased: tests keep their history."""

    class Role(models.TextChoices):
        """A référent·e invites colleagues and hears of late evaluations."""

        AGENT = "agent", "Agent·e"
        REFERENT = "referent", "Référent·e"

    class Etat(models.TextChoices):
        """A request becomes a membership only by somebody's decision."""

        DEMANDEE = "demandee", "Demandée"
        ACTIVE = "active", "Active"
        REFUSEE = "refusee", "Refusée"
        TERMINEE = "terminee", "Terminée"

    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="adhesions", verbose_name="personne"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="adhesions", verbose_name="organisation"
    )
    role = models.CharField("rôle", max_length=10, choices=Role.choices, default=Role.AGENT)
    etat = models.CharField("état", max_length=10, choices=Etat.choices, default=Etat.DEMANDEE)
    cree_le = models.DateTimeField("demandée le", auto_now_add=True)
    decidee_le = models.DateTimeField("décidée le", null=True, blank=True)

    objects = AdhesionQuerySet.as_manager()

    class Meta:
        verbose_name = "adhésion"
        verbose_name_plural = "adhésions"
        constraints = [
            models.UniqueConstraint(
                fields=["utilisateur", "organisation"],
                name="comptes_adhesion_unique",
                violation_error_message="Cette personne est déjà rattachée à cette organisation.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.utilisateur} · {self.organisation} ({self.get_role_display()})"

    def _decider(self, etat: str, at: dt.datetime | None) -> None:
        self.etat = etat
        self.decidee_le = at or timezone.now()
        self.save(update_fields=["etat", "decidee_le"])

    def accepter(self, *, at: dt.datetime | None = None) -> None:
        """Make a requested (or ended) membership active."""
        self._decider(self.Etat.ACTIVE, at)

    def refuser(self, *, at: dt.datetime | None = None) -> None:
        """Turn a request down; the person may ask again."""
        self._decider(self.Etat.REFUSEE, at)

    def terminer(self, *, at: dt.datetime | None = None) -> None:
        """End a membership: the person loses every right in the organisation at once."""
        self._decider(self.Etat.TERMINEE, at)
