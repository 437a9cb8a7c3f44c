"""The groupe miroir: readers from elsewhere, invited to comment (TOPOGUIDE, programme of May 2022)."""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from comptes.refus import DecisionImpossible
from config.jetons import nouveau_jeton
from rappels import boite
from tests_programme.models.programme import Programme
from tests_programme.perms import peut_animer_programme
from tests_programme.querysets_miroir import LecteurMiroirQuerySet

if TYPE_CHECKING:
    from comptes.models import Utilisateur

VALIDITE = dt.timedelta(days=14)
# Between two sendings to the same address: a mailbox must not be flooded through us.
PAUSE = dt.timedelta(hours=1)


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

    objects = LecteurMiroirQuerySet.as_manager()

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

    def est_valide(self, at: dt.datetime | None = None) -> bool:
        """Whether the link of the invitation still opens."""
        return (
            self.accepte_le is None
            and self.retire_le is None
            and (at or timezone.now()) < self.invite_le + VALIDITE
        )

    @classmethod
    @transaction.atomic
    def inviter(
        cls,
        *,
        programme: Programme,
        email: str,
        fonction: str,
        par: "Utilisateur",
        at: dt.datetime | None = None,
    ) -> "LecteurMiroir":
        """Invite an address to read. Raises PermissionDenied, DecisionImpossible (already invited)."""
        at, email = at or timezone.now(), email.strip().lower()
        Programme.objects.select_for_update().get(pk=programme.pk)
        if not peut_animer_programme(par, programme):
            raise PermissionDenied
        deja = cls.objects.filter(programme=programme, email=email)
        if deja.filter(retire_le=None).exists():
            raise DecisionImpossible("Cette personne est déjà invitée.")
        if deja.filter(invite_le__gt=at - PAUSE).exists():
            raise DecisionImpossible("Cette adresse vient d'être retirée : attendez une heure.")
        lecteur = cls.objects.create(
            programme=programme, email=email, fonction=fonction, invite_le=at
        )
        lecteur._ecrire()
        return lecteur

    @transaction.atomic
    def renvoyer(self, *, par: "Utilisateur", at: dt.datetime | None = None) -> None:
        """Send the invitation again, for 14 days more. Raises PermissionDenied, DecisionImpossible."""
        at = at or timezone.now()
        self._commencer(par)
        if self.accepte_le or self.retire_le:
            raise DecisionImpossible("Cette invitation a déjà servi, ou a été retirée.")
        if at < self.invite_le + PAUSE:
            raise DecisionImpossible("Cette invitation vient de partir : attendez une heure.")
        self.invite_le = at
        self.save(update_fields=["invite_le"])
        self._ecrire()

    @transaction.atomic
    def retirer(self, *, par: "Utilisateur", at: dt.datetime | None = None) -> None:
        """Close the reading, or the invitation. What the person wrote stays. Raises PermissionDenied."""
        self._commencer(par)
        if self.retire_le is None:
            self.retire_le = at or timezone.now()
            self.save(update_fields=["retire_le"])
            boite.annuler(sujet=f"miroir:{self.pk}")

    @transaction.atomic
    def accepter(self, *, par: "Utilisateur", at: dt.datetime | None = None) -> None:
        """Make the account a reader; again changes nothing.

        Raises PermissionDenied for another address, DecisionImpossible on an ended invitation.
        """
        self._relire()
        if par.email.lower() != self.email.lower():
            raise PermissionDenied
        if self.utilisateur_id == par.pk and self.accepte_le and not self.retire_le:
            return
        if not self.est_valide(at):
            raise DecisionImpossible("Cette invitation n'est plus valable.")
        self.utilisateur, self.accepte_le = par, at or timezone.now()
        self.fonction = self.fonction or par.fonction
        self.save(update_fields=["utilisateur", "accepte_le", "fonction"])

    def _commencer(self, par: "Utilisateur") -> None:
        self._relire()
        if not peut_animer_programme(par, self.programme):
            raise PermissionDenied

    def _relire(self) -> None:
        """Lock the row and read it afresh: two people may click at once."""
        type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        self.refresh_from_db()

    def _ecrire(self) -> None:
        boite.planifier(
            genre="miroir_invitation",
            sujet=f"miroir:{self.pk}",
            destinataire=self.email,
            cle=f"miroir:{self.pk}:{self.invite_le:%Y%m%dT%H%M%S%f}",
        )
