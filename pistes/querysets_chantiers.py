"""What one asks of chantiers and crash tests."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur


def _voit_tout(user: "Utilisateur | AnonymousUser") -> bool:
    return user.is_authenticated and (user.est_curateur or user.est_administrateur)


def _chantiers_visibles(user: "Utilisateur | AnonymousUser", prefixe: str = "") -> Q:
    publics = Q(**{f"{prefixe}est_public": True})
    if not user.is_authenticated:
        return publics
    siennes = user.adhesions.actives().values("organisation")
    return publics | Q(**{f"{prefixe}organisation__in": siennes})


class ChantierQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Chantiers, by reader."""

    def publics(self) -> Self:
        """Those their organisation has opened: pages, API and feeds all begin here."""
        return self.filter(est_public=True)

    def visible_to(self, user: "Utilisateur | AnonymousUser") -> Self:
        """The public ones, those of one's organisations; all for curateurs and administrateurs."""
        return self if _voit_tout(user) else self.filter(_chantiers_visibles(user))

    def pour_liste(self) -> Self:
        """With all that a line of the panorama shows. One query."""
        return self.select_related("organisation", "orientation")


class CrashTestQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Crash tests, by reader: never more than what may be read of their subject."""

    def publics(self) -> Self:
        """Those opened, on a subject that is public itself."""
        from pistes.models import EditionPiste

        publiees = EditionPiste.objects.publies().values("piste")
        return self.filter(Q(piste__in=publiees) | Q(chantier__est_public=True), est_public=True)

    def visible_to(self, user: "Utilisateur | AnonymousUser") -> Self:
        """The open ones and those of one's organisations, on subjects this reader may see."""
        from pistes.models import EditionPiste

        if _voit_tout(user):
            return self
        if not user.is_authenticated:
            return self.publics()
        sujets = Q(piste__in=EditionPiste.objects.publies().values("piste"))
        sujets |= Q(chantier__isnull=False) & _chantiers_visibles(user, "chantier__")
        siennes = user.adhesions.actives().values("organisation")
        ouverts = Q(est_public=True) | Q(organisation__in=siennes)
        return self.filter(sujets & ouverts)

    def pour_liste(self) -> Self:
        """With all that a line shows. One query."""
        return self.select_related("scenario", "organisation", "piste", "chantier")
