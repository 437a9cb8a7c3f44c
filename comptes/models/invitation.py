"""An invitation by e-mail to join an organisation; it dies after 14 days."""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.utils import timezone

from comptes.models.adhesion import Adhesion
from comptes.models.organisation import Organisation
from comptes.models.utilisateur import Utilisateur
from comptes.querysets import InvitationQuerySet

VALIDITE = dt.timedelta(days=14)
SEL = "comptes.invitation"


class Invitation(models.Model):
    """An address invited into an organisation. Personal data (the address) goes 30 days after its end."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="invitations", verbose_name="organisation"
    )
    email = models.EmailField("adresse e-mail")
    role = models.CharField("rôle", max_length=10, choices=Adhesion.Role.choices, default=Adhesion.Role.AGENT)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="invité·e par"
    )
    cree_le = models.DateTimeField("envoyée le", auto_now_add=True)
    acceptee_le = models.DateTimeField("acceptée le", null=True, blank=True)
    annulee_le = models.DateTimeField("annulée le", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"
        verbose_name_plural = "invitations"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(acceptee_le=None, annulee_le=None),
                name="comptes_invitation_en_attente_unique",
                violation_error_message="Cette adresse a déjà une invitation en attente.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.organisation}"

    @property
    def jeton(self) -> str:
        """The signed token of the personal link."""
        return signing.dumps(self.pk, salt=SEL)

    def est_valide(self, at: dt.datetime | None = None) -> bool:
        """Whether the link still opens."""
        return (
            self.acceptee_le is None
            and self.annulee_le is None
            and (at or timezone.now()) < self.cree_le + VALIDITE
        )

    @transaction.atomic
    def accepter(self, *, par: Utilisateur, at: dt.datetime | None = None) -> Adhesion:
        """Give the person their membership; return it. Raises ValueError on an ended invitation."""
        invitation = Invitation.objects.select_for_update().get(pk=self.pk)
        if not invitation.est_valide(at):
            raise ValueError("This invitation has ended.")
        adhesion, _ = Adhesion.objects.get_or_create(
            utilisateur=par, organisation=self.organisation, defaults={"role": self.role}
        )
        adhesion.role = self.role
        adhesion.save(update_fields=["role"])
        adhesion.accepter(at=at)
        self.acceptee_le = at or timezone.now()
        self.save(update_fields=["acceptee_le"])
        return adhesion
