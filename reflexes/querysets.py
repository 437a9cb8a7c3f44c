"""What one asks of the cartographie."""

from typing import Self

from django.db import models


class VersionQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Versions of the cartographie."""

    def publiees(self) -> Self:
        """The ones everybody may read, newest first."""
        return self.filter(publiee_le__isnull=False).order_by("-rang")


class FigeQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Frozen controverses and terrains."""

    def publies(self) -> Self:
        """Those of a published version."""
        return self.filter(version__publiee_le__isnull=False)
