"""What one asks of the cartographie."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Prefetch

from reflexes.perms import peut_publier

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur


class EnqueteQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Enquêtes."""

    def ou_participe(self, user: "Utilisateur | AnonymousUser") -> Self:
        """Those an organisation of this person takes part in. One query."""
        if not user.is_authenticated:
            return self.none()
        siennes = user.adhesions.actives().values("organisation")
        return self.filter(organisations__in=siennes).distinct()


class VersionQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Versions of the cartographie."""

    def publiees(self) -> Self:
        """The ones everybody may read, newest first."""
        return self.filter(publiee_le__isnull=False).order_by("-rang")

    def brouillons(self) -> Self:
        """Those that wait for a curateur·rice."""
        return self.filter(publiee_le__isnull=True).order_by("-rang")

    def visible_to(self, user: "Utilisateur | AnonymousUser") -> Self:
        """The published ones; the drafts too for those who publish."""
        return self.order_by("-rang") if peut_publier(user) else self.publiees()

    def pour_page(self) -> Self:
        """With every controverse and every terrain. Two more queries."""
        figees = apps.get_model("reflexes.ControverseFigee")._default_manager
        figes = apps.get_model("reflexes.TerrainFige")._default_manager.select_related("terrain")
        completes = figees.select_related("controverse__enquete").order_by("numero", "pk")
        completes = completes.prefetch_related(Prefetch("terrains", figes))
        return self.select_related("enquete").prefetch_related(Prefetch("controverses", completes))


class FigeQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Frozen controverses and terrains."""

    def publies(self) -> Self:
        """Those of a published version."""
        return self.filter(version__publiee_le__isnull=False)

    def en_vigueur(self) -> Self:
        """Those of the latest published version of their enquête: what the site says today."""
        versions = apps.get_model("reflexes.VersionCartographie")._default_manager.all()
        dernieres = versions.publiees().order_by("enquete_id", "-rang").distinct("enquete_id")
        return self.filter(version__in=dernieres.values("pk"))
