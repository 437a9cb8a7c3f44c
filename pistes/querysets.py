"""What one asks of the catalogue."""

from typing import Self

from django.db import models


class EditionQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Editions of texts."""

    def publies(self) -> Self:
        """The only ones that are public: pages, search, API, exports and feeds all begin here."""
        return self.filter(etat="publie")

    def brouillons(self) -> Self:
        """Those that wait for a curateur·rice."""
        return self.filter(etat="brouillon")


class EditionPisteQuerySet(EditionQuerySet):
    """Editions of pistes."""

    def pour_liste(self) -> Self:
        """With what a list shows, in the order of the recueil. One query, and one for the mots-clés."""
        return (
            self.select_related("piste__recueil", "piste__orientation")
            .prefetch_related("mots_cles")
            .order_by("piste__recueil__annee", "piste__recueil_id", "piste__rang")
        )

    def pour_page(self) -> Self:
        """With all that a piste's page shows."""
        return self.select_related("piste__recueil", "piste__orientation").prefetch_related(
            "mots_cles", "details", "inspirations", "renvois__vers"
        )


class PisteQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Pistes as identities."""

    def publiees(self) -> Self:
        """Those that have a public text."""
        return self.filter(editions__etat="publie")
