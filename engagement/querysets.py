"""What one asks of dispositifs, people, offers, needs and mises en relation; who may see which.

Coordinates and words belong to the person and to the cellule of the dispositif: nobody else, whatever their
role on the platform (DESIGN, « habitant·e »).
"""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from config.jours import jour_de
from engagement.querysets_dispositifs import ListeDeDispositifs
from engagement.querysets_guichet import BesoinsAuGuichet, MisesAuGuichet, OffresAuGuichet

if TYPE_CHECKING:
    from typing import Any

    from comptes.models import Utilisateur
    from engagement.models import Mediation

    ValuesQuerySet = models.QuerySet[Mediation, Any]


def cellules(user: "Utilisateur | AnonymousUser") -> "ValuesQuerySet":
    """The dispositifs whose desk this person keeps today, as a subquery."""
    from engagement.models import Mediation

    if not user.is_authenticated or not user.is_active:
        return Mediation.objects.none().values("dispositif")
    return Mediation.objects.filter(utilisateur=user, jusqu_au=None).values("dispositif")


class DispositifQuerySet(ListeDeDispositifs):
    """Dispositifs by state and reader."""

    def visible_to(self, user: "Utilisateur | AnonymousUser") -> Self:
        """Everybody sees those opened, or closed since; its cellule, its référent·es and administrateurs all."""
        publics = ~Q(etat="preparation")
        if not user.is_authenticated:
            return self.filter(publics)
        if user.est_administrateur:
            return self
        siennes = user.adhesions.referents().values("organisation")
        return self.filter(publics | Q(pk__in=cellules(user)) | Q(organisation__in=siennes))

    def ouverts(self, at: dt.datetime | None = None) -> Self:
        """Those that take offers and needs (agrees with ``Dispositif.est_ouvert``)."""
        jour = jour_de(at)
        return self.filter(Q(fin=None) | Q(fin__gte=jour), etat="ouvert", debut__lte=jour)

    def de_la_cellule(self, user: "Utilisateur | AnonymousUser") -> Self:
        """Those whose desk this person keeps."""
        return self.filter(pk__in=cellules(user))


class PersonneQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """People of a dispositif."""

    def visible_to(self, user: "Utilisateur | AnonymousUser") -> Self:
        """Themselves, and the cellule of their dispositif."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(utilisateur=user) | Q(dispositif__in=cellules(user)))

    def de_compte(self, user: "Utilisateur") -> Self:
        """Where somebody with an account offers or asks, with how many proposals wait for their word. One query."""
        from engagement.models import MiseEnRelation

        attendent = MiseEnRelation.objects.actives().filter(
            personne=models.OuterRef("pk"), attend="personne"
        )
        siennes = self.filter(utilisateur=user, effacee_le=None).select_related("dispositif")
        attendues = (
            attendent.order_by().values("personne").annotate(n=models.Count("pk")).values("n")
        )
        return siennes.annotate(a_repondre=models.Subquery(attendues)).order_by("-cree_le", "-pk")


class OffreQuerySet(OffresAuGuichet):
    """Offers."""

    def visible_to(self, user: "Utilisateur | AnonymousUser") -> Self:
        """Who made it, and the cellule."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(personne__utilisateur=user) | Q(dispositif__in=cellules(user)))

    def apres(self, cree_le: dt.datetime, pk: int) -> Self:
        """The next ones of the list, most recent first, after that row."""
        return self.filter(Q(cree_le__lt=cree_le) | Q(cree_le=cree_le, pk__lt=pk))

    def actives(self, at: dt.datetime | None = None) -> Self:
        """Those one may propose today: active, not over, their person neither away, resting nor erased."""
        from engagement.models import Absence

        jour = jour_de(at)
        absents = Absence.objects.filter(debut__lte=jour, fin__gte=jour).values("personne")
        return self.filter(
            Q(fin=None) | Q(fin__gte=jour),
            etat="active",
            personne__en_pause_depuis=None,
            personne__effacee_le=None,
        ).exclude(personne__in=absents)


class BesoinQuerySet(BesoinsAuGuichet):
    """Needs."""

    def visible_to(self, user: "Utilisateur | AnonymousUser") -> Self:
        """Who asked, and the cellule."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(demandeur__utilisateur=user) | Q(dispositif__in=cellules(user)))

    def apres(self, cree_le: dt.datetime, pk: int) -> Self:
        """The next ones of the list, most recent first, after that row."""
        return self.filter(Q(cree_le__lt=cree_le) | Q(cree_le=cree_le, pk__lt=pk))

    def ouverts(self) -> Self:
        """Those qualified and not closed."""
        return self.filter(etat="ouvert")


def _finie(at: dt.datetime | None) -> Q:
    """In mission, and every half-day that counts is past; a loan is over when its thing is back."""
    from engagement.models import DemiJournee

    jour = jour_de(at)
    siennes = DemiJournee.objects.filter(mise_en_relation=models.OuterRef("pk"))
    return Q(
        models.Exists(siennes.filter(jour__lt=jour)),
        ~models.Exists(siennes.filter(jour__gte=jour).exclude(etat="annulee")),
        etat="en_mission",
        pret=None,
    )


class MiseEnRelationQuerySet(MisesAuGuichet):
    """Mises en relation."""

    def avec_tout(self) -> Self:
        """With what their pages and their letter read: both people, the need, the offer, the dispositif."""
        return self.select_related(
            "dispositif__organisation", "besoin__demandeur", "besoin__territoire",
            "offre__territoire", "personne", "mediateur",
        )  # fmt: skip

    def visible_to(self, user: "Utilisateur | AnonymousUser") -> Self:
        """Both sides, and the cellule."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            Q(personne__utilisateur=user)
            | Q(besoin__demandeur__utilisateur=user)
            | Q(dispositif__in=cellules(user))
        )

    def actives(self) -> Self:
        """Solicitations that still ask something of the person."""
        return self.filter(etat__in=["proposee", "en_discussion", "rencontree"])

    def finies(self, at: dt.datetime | None = None) -> Self:
        """Missions whose last half-day is past (agrees with ``MiseEnRelation.est_finie``)."""
        return self.filter(_finie(at))

    def avec_fin(self, at: dt.datetime | None = None) -> Self:
        """Each knows whether it is over: lists then ask ``etat_au`` at no cost."""
        return self.annotate(
            _finie=models.ExpressionWrapper(_finie(at), output_field=models.BooleanField())
        )


class PretQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Loans."""

    def visible_to(self, user: "Utilisateur | AnonymousUser") -> Self:
        """The cellule, and whoever lends the thing."""
        if not user.is_authenticated:
            return self.none()
        siens = Q(offre__personne__utilisateur=user)
        return self.filter(siens | Q(mise_en_relation__dispositif__in=cellules(user)))

    def en_retard(self, at: dt.datetime | None = None) -> Self:
        """Out, and their hour is past (agrees with ``Pret.est_en_retard``)."""
        return self.filter(etat="sorti", periode__endswith__lt=at or timezone.now())


class ListeAppelsQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Lists of people to call."""

    def visible_to(self, user: "Utilisateur | AnonymousUser") -> Self:
        """The cellule."""
        return self.filter(dispositif__in=cellules(user))


class FicheAppelQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Sheets of calls."""

    def visible_to(self, user: "Utilisateur | AnonymousUser") -> Self:
        """The cellule, and whoever was given the sheet."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(appelant__utilisateur=user) | Q(liste__dispositif__in=cellules(user)))

    def ouvertes(self) -> Self:
        """Those still to call, or to call again."""
        return self.filter(etat__in=["a_appeler", "a_rappeler"])

    def libres(self) -> Self:
        """Those still to call that nobody has."""
        return self.ouvertes().filter(appelant=None)

    def a_rappeler(self, at: dt.datetime | None = None) -> Self:
        """Those somebody asked to be called again today, or before."""
        return self.filter(etat="a_rappeler", rappeler_le__lte=jour_de(at))

    def oubliees(self, limite: dt.datetime) -> Self:
        """Given out before that instant and not called since, or whose caller left, rests or was erased."""
        from engagement.models import Appel

        depuis = Appel.objects.filter(fiche=OuterRef("pk"), le__gte=limite)
        a_temps = Q(etat="a_rappeler", rappeler_le__gt=jour_de(limite))
        tardives = Q(attribuee_le__lt=limite) & ~Q(Exists(depuis)) & ~a_temps
        partis = ~Q(appelant__effacee_le=None) | ~Q(appelant__en_pause_depuis=None)
        return self.ouvertes().filter(tardives | partis, appelant__isnull=False)
