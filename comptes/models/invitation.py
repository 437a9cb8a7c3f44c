"""An invitation by e-mail to join an organisation; it dies after 14 days."""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from comptes.models.adhesion import Adhesion
from comptes.models.organisation import Organisation
from comptes.models.utilisateur import Utilisateur
from comptes.querysets import InvitationQuerySet
from comptes.refus import DecisionImpossible
from rappels import boite

VALIDITE = dt.timedelta(days=14)
CONSERVATION = dt.timedelta(days=30)  # of the address, once the invitation has ended
SEL = "comptes.invitation"
# Between two sendings to the same address: a mailbox must not be flooded through us.
PAUSE = dt.timedelta(hours=1)


class Invitation(models.Model):
    """An address invited into an organisation. Personal data (the address) goes 30 days after its end."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="invitations", verbose_name="organisation"
    )
    email = models.EmailField("adresse e-mail")
    role = models.CharField(
        "rôle", max_length=10, choices=Adhesion.Role.choices, default=Adhesion.Role.AGENT
    )
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="invité·e par",
    )
    cree_le = models.DateTimeField("envoyée le", default=timezone.now)
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

    def auteur_peut_inviter(self) -> bool:
        """Whether who sent it still has the right to: an invitation does not outlive it. One query."""
        return self.par is not None and self.par.has_perm(
            "comptes.gerer_organisation", self.organisation
        )

    @classmethod
    def de_jeton(cls, jeton: str) -> "Invitation | None":
        """The invitation of a link; None when the link was damaged or the invitation erased."""
        try:
            pk = signing.loads(jeton, salt=SEL)
        except signing.BadSignature:
            return None
        return cls.objects.select_related("organisation", "par").filter(pk=pk).first()

    @classmethod
    @transaction.atomic
    def inviter(
        cls,
        *,
        organisation: Organisation,
        email: str,
        role: str,
        par: Utilisateur,
        at: dt.datetime | None = None,
    ) -> "Invitation":
        """Invite an address. Raises PermissionDenied, DecisionImpossible (already in, already invited)."""
        at = at or timezone.now()
        email = email.strip().lower()
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        if not par.has_perm("comptes.gerer_organisation", organisation):
            raise PermissionDenied
        if organisation.adhesions.actives().filter(utilisateur__email=email).exists():
            raise DecisionImpossible("Cette personne est déjà membre.")
        en_attente = cls.objects.filter(
            organisation=organisation, email=email, acceptee_le=None, annulee_le=None
        )
        if en_attente.en_attente(at).exists():
            raise DecisionImpossible("Cette adresse a déjà une invitation en attente.")
        en_attente.update(annulee_le=at)  # those that died of age
        invitation = cls.objects.create(
            organisation=organisation, email=email, role=role, par=par, cree_le=at
        )
        invitation._envoyer()
        return invitation

    @transaction.atomic
    def renvoyer(self, *, par: Utilisateur, at: dt.datetime | None = None) -> None:
        """Send it again, for 14 days more: ``par`` now answers for it.

        Raises PermissionDenied, DecisionImpossible.
        """
        at = at or timezone.now()
        self._commencer(par)
        if self.acceptee_le or self.annulee_le:
            raise DecisionImpossible("Cette invitation a déjà servi, ou a été annulée.")
        if at < self.cree_le + PAUSE:
            raise DecisionImpossible("Cette invitation vient de partir : attendez une heure.")
        self.cree_le, self.par = at, par
        self.save(update_fields=["cree_le", "par"])
        self._envoyer()

    @transaction.atomic
    def annuler(self, *, par: Utilisateur, at: dt.datetime | None = None) -> None:
        """Close the link. Raises PermissionDenied, DecisionImpossible once accepted."""
        self._commencer(par)
        if self.acceptee_le:
            raise DecisionImpossible("Cette invitation a déjà été acceptée.")
        Invitation.objects.filter(pk=self.pk).fermer(at)
        self.refresh_from_db(fields=["annulee_le"])

    @transaction.atomic
    def accepter(self, *, par: Utilisateur, at: dt.datetime | None = None) -> Adhesion:
        """Give the person their membership; return it.

        Raises PermissionDenied when the account has another address, DecisionImpossible on an ended
        invitation, or when who sent it may no longer invite. A member keeps the greater role.
        """
        Organisation.objects.select_for_update().get(pk=self.organisation_id)
        self.refresh_from_db()
        if par.email.lower() != self.email.lower():
            raise PermissionDenied
        if not self.est_valide(at) or not self.auteur_peut_inviter():
            raise DecisionImpossible("Cette invitation n'est plus valable.")
        adhesion, _ = Adhesion.objects.get_or_create(
            utilisateur=par, organisation=self.organisation, defaults={"role": self.role}
        )
        deja_referent = adhesion.etat == "active" and adhesion.role == Adhesion.Role.REFERENT
        adhesion.activer(role=Adhesion.Role.REFERENT if deja_referent else self.role, at=at)
        self.acceptee_le = at or timezone.now()
        self.save(update_fields=["acceptee_le"])
        return adhesion

    def _commencer(self, par: Utilisateur) -> None:
        Organisation.objects.select_for_update().get(pk=self.organisation_id)
        self.refresh_from_db()
        if not par.has_perm("comptes.gerer_organisation", self.organisation):
            raise PermissionDenied

    def _envoyer(self) -> None:
        boite.planifier(
            genre="invitation",
            sujet=f"invitation:{self.pk}",
            destinataire=self.email,
            cle=f"invitation:{self.pk}:{self.cree_le:%Y%m%dT%H%M%S%f}",
        )
