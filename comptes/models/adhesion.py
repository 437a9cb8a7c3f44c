"""Who belongs to which organisation, with which role, and since when."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from comptes.models.organisation import Organisation
from comptes.models.utilisateur import Utilisateur
from comptes.querysets import AdhesionQuerySet
from comptes.refus import DecisionImpossible
from config.jours import jour_de
from rappels import boite


class Adhesion(models.Model):
    """A person's place in an organisation. Ends without being erased: tests keep their history.

    ``par`` is who acts; every method checks their right, and raises PermissionDenied.
    """

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
    cree_le = models.DateTimeField("demandée le", default=timezone.now)
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

    @classmethod
    @transaction.atomic
    def demander(
        cls,
        *,
        utilisateur: Utilisateur,
        organisation: Organisation,
        role: str = Role.AGENT,
        at: dt.datetime | None = None,
    ) -> Self:
        """Ask to join, again after a refusal or an end; those who decide are told by mail.

        Somebody who is in, or who waits already, gets their membership back unchanged.
        """
        at = at or timezone.now()
        _verrouiller(organisation)
        adhesion, nouvelle = cls.objects.get_or_create(
            utilisateur=utilisateur,
            organisation=organisation,
            defaults={"role": role, "cree_le": at},
        )
        if not nouvelle:
            if adhesion.etat in {cls.Etat.DEMANDEE, cls.Etat.ACTIVE}:
                return adhesion
            adhesion.role, adhesion.etat = role, cls.Etat.DEMANDEE
            adhesion.cree_le, adhesion.decidee_le = at, None
            adhesion.save(update_fields=["role", "etat", "cree_le", "decidee_le"])
        for decideur in organisation.decideurs():
            adhesion._ecrire("adhesion_demandee", decideur, at, moment=f"{jour_de(at)}")
        return adhesion

    @transaction.atomic
    def accepter(
        self, *, par: Utilisateur, role: str | None = None, at: dt.datetime | None = None
    ) -> None:
        """Make a request a membership, with the role asked for or another. Raises DecisionImpossible."""
        self._commencer(par)
        if self.etat == self.Etat.ACTIVE:
            return  # a second click says the same thing
        self._exiger(self.Etat.DEMANDEE, "Cette demande n'attend plus de réponse.")
        self.activer(role=role or self.role, at=at)
        self._ecrire("adhesion_acceptee", self.utilisateur, at)

    @transaction.atomic
    def refuser(self, *, par: Utilisateur, at: dt.datetime | None = None) -> None:
        """Turn a request down; the person is told, and may ask again. Raises DecisionImpossible."""
        self._commencer(par)
        if self.etat == self.Etat.REFUSEE:
            return
        self._exiger(self.Etat.DEMANDEE, "Cette demande n'attend plus de réponse.")
        self._passer_a(self.Etat.REFUSEE, at)
        self._ecrire("adhesion_refusee", self.utilisateur, at)

    @transaction.atomic
    def changer_role(self, *, par: Utilisateur, role: str, at: dt.datetime | None = None) -> None:
        """Give a member another role. Raises DecisionImpossible for the last référent·e."""
        self._commencer(par)
        self._exiger(self.Etat.ACTIVE, "Cette personne n'est plus membre.")
        if role not in self.Role.values:
            raise DecisionImpossible("Ce rôle n'existe pas.")
        if self.role == role:
            return
        if role != self.Role.REFERENT:
            self._garder_un_referent()
        self.role = role
        self.save(update_fields=["role"])
        self._fermer_ses_invitations(at)
        if self.utilisateur_id != par.pk:
            self._ecrire("adhesion_role", self.utilisateur, at)

    @transaction.atomic
    def terminer(self, *, par: Utilisateur, at: dt.datetime | None = None) -> None:
        """End a membership, or withdraw one's own request: every right is lost at once.

        Raises DecisionImpossible for the last référent·e.
        """
        soi_meme = par.pk == self.utilisateur_id
        self._commencer(par, soi_meme=soi_meme)
        if self.etat == self.Etat.TERMINEE:
            return
        if self.etat == self.Etat.REFUSEE or (self.etat == self.Etat.DEMANDEE and not soi_meme):
            raise DecisionImpossible("Cette personne n'est pas membre.")
        self._garder_un_referent()
        self._passer_a(self.Etat.TERMINEE, at)
        self._fermer_ses_invitations(at)
        if not soi_meme:
            self._ecrire("adhesion_terminee", self.utilisateur, at)

    def activer(self, *, role: str, at: dt.datetime | None = None) -> None:
        """Record a decision taken elsewhere (an accepted invitation): checks and tells nothing."""
        self.role = role
        self.save(update_fields=["role"])
        self._passer_a(self.Etat.ACTIVE, at)

    # --- Steps they share -----------------------------------------------------------------------------

    def _commencer(self, par: Utilisateur, *, soi_meme: bool = False) -> None:
        _verrouiller(self.organisation)
        self.refresh_from_db(fields=["role", "etat", "cree_le", "decidee_le"])
        if not soi_meme and not par.has_perm("comptes.gerer_organisation", self.organisation):
            raise PermissionDenied

    def _exiger(self, etat: str, sinon: str) -> None:
        if self.etat != etat:
            raise DecisionImpossible(sinon)

    def _garder_un_referent(self) -> None:
        """DESIGN: an organisation that has a référent·e never loses the last one by a click."""
        if self.etat != self.Etat.ACTIVE or self.role != self.Role.REFERENT:
            return
        autres = Adhesion.objects.referents().filter(organisation=self.organisation_id)
        if not autres.exclude(pk=self.pk).exists():
            raise DecisionImpossible(
                "C'est la dernière personne référente : donnez d'abord ce rôle à quelqu'un d'autre."
            )

    def _passer_a(self, etat: str, at: dt.datetime | None) -> None:
        """Record a decision; nobody need be told any more that one is awaited."""
        self.etat = etat
        self.decidee_le = at or timezone.now()
        self.save(update_fields=["etat", "decidee_le"])
        boite.annuler(sujet=f"adhesion:{self.pk}", genres=["adhesion_demandee"])

    def _fermer_ses_invitations(self, at: dt.datetime | None) -> None:
        """What a person sent with a right ends with that right (an administrateur·rice keeps theirs)."""
        if not self.utilisateur.has_perm("comptes.gerer_organisation", self.organisation):
            self.organisation.invitations.filter(par=self.utilisateur_id).fermer(at)

    def _ecrire(
        self, genre: str, a: Utilisateur, at: dt.datetime | None, moment: str | None = None
    ) -> None:
        """Plan one mail. The same decision at another ``moment`` (this very instant) is another mail.

        Asking is told with the day for moment: asking, withdrawing and asking again floods nobody.
        """
        moment = moment or f"{at or timezone.now():%Y%m%dT%H%M%S%f}"
        boite.planifier(
            genre=genre,
            sujet=f"adhesion:{self.pk}",
            destinataire=a.email,
            cle=f"{genre}:{self.pk}:{a.pk}:{moment}",
        )


def _verrouiller(organisation: Organisation) -> None:
    """Two référent·es may act at once: one after the other."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
