"""What one asks of people, organisations and territories."""

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from comptes.noms import requete_de_nom
from rappels import boite

if TYPE_CHECKING:
    import datetime as dt

    from comptes.models import Utilisateur


class TerritoireQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Finds territories by the beginning of their words."""

    def nommes(self, saisie: str) -> Self:
        """Those whose name or postcode has words beginning like the typed ones.

        The one that bears exactly that name first, then the most populated."""
        requete = requete_de_nom(saisie)
        if requete is None:
            return self.none()
        juste = models.Case(models.When(nom__iexact=saisie.strip(), then=0), default=1)
        return self.filter(recherche=requete).order_by(
            juste, F("population").desc(nulls_last=True), "nom"
        )

    def sans_organisation(self) -> Self:
        """Those whose own collectivité is not on the platform (or waits to be validated)."""
        from comptes.models.organisation import Organisation

        la_sienne = Organisation.objects.filter(
            territoire=OuterRef("pk"), type=OuterRef("niveau"), validee=True
        )
        return self.filter(~Exists(la_sienne))


class OrganisationQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Organisations, by name and by member."""

    def nommees(self, saisie: str) -> Self:
        """Those whose name has words beginning like the typed ones."""
        requete = requete_de_nom(saisie)
        return self.none() if requete is None else self.filter(recherche=requete).order_by("nom")

    def de_membre(self, user: "Utilisateur | AnonymousUser") -> Self:
        """Those the person belongs to today."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(adhesions__utilisateur=user, adhesions__etat="active").distinct()

    def visible_to(self, user: "Utilisateur | AnonymousUser") -> Self:
        """Everybody sees the validated ones; members and administrateurs the others too."""
        if user.is_authenticated and user.est_administrateur:
            return self
        if not user.is_authenticated:
            return self.filter(validee=True)
        return self.filter(
            models.Q(validee=True)
            | models.Q(pk__in=self.model.objects.filter(adhesions__utilisateur=user).values("pk"))
        )


class AdhesionQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Memberships by state and role."""

    def actives(self) -> Self:
        """Those that give rights today."""
        return self.filter(etat="active", utilisateur__is_active=True)

    def visible_to(self, user: "Utilisateur | AnonymousUser") -> Self:
        """One's own, those of the organisations one belongs to today; all for administrateurs."""
        if not user.is_authenticated:
            return self.none()
        if user.est_administrateur:
            return self
        siennes = user.adhesions.actives().values("organisation")
        return self.filter(models.Q(utilisateur=user) | models.Q(organisation__in=siennes))

    def demandees(self) -> Self:
        """Those that wait for a decision."""
        return self.filter(etat="demandee")

    def referents(self) -> Self:
        """Active référent·es."""
        return self.actives().filter(role="referent")


class InvitationQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Invitations by state."""

    def visible_to(self, user: "Utilisateur | AnonymousUser") -> Self:
        """Those of the organisations one belongs to today; all for administrateurs."""
        if not user.is_authenticated:
            return self.none()
        if user.est_administrateur:
            return self
        return self.filter(organisation__in=user.adhesions.actives().values("organisation"))

    def a_effacer(self, at: "dt.datetime | None" = None) -> Self:
        """Those that ended more than 30 days ago: used, cancelled or dead of age."""
        from comptes.models.invitation import CONSERVATION, VALIDITE

        limite = (at or timezone.now()) - CONSERVATION
        return self.filter(
            models.Q(acceptee_le__lt=limite)
            | models.Q(annulee_le__lt=limite)
            | models.Q(acceptee_le=None, annulee_le=None, cree_le__lt=limite - VALIDITE)
        )

    def fermer(self, at: "dt.datetime | None" = None) -> int:
        """Cancel those not yet accepted, and the mails that have not left; return how many."""
        ouvertes = self.filter(acceptee_le=None, annulee_le=None)
        for pk in ouvertes.values_list("pk", flat=True):
            boite.annuler(sujet=f"invitation:{pk}")
        return ouvertes.update(annulee_le=at or timezone.now())

    def en_attente(self, at: "dt.datetime | None" = None) -> Self:
        """Those whose link still opens."""
        from comptes.models.invitation import VALIDITE

        return self.filter(
            acceptee_le=None, annulee_le=None, cree_le__gt=(at or timezone.now()) - VALIDITE
        )
