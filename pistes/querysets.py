"""What one asks of the catalogue."""

from typing import TYPE_CHECKING, Self

from django.db import models

from pistes.perms import curateurs

if TYPE_CHECKING:
    from comptes.models import Utilisateur


class EditionQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Editions of texts."""

    def publies(self) -> Self:
        """The only ones that are public: pages, search, API, exports and feeds all begin here."""
        return self.filter(etat="publie")

    def brouillons(self) -> Self:
        """Those somebody still writes."""
        return self.filter(etat="brouillon")

    def en_relecture(self) -> Self:
        """Those that wait for a second reader."""
        return self.filter(etat="en_relecture")

    def en_travail(self) -> Self:
        """Those that are not public yet and may become so."""
        return self.filter(etat__in=["brouillon", "en_relecture"])

    def a_relire_par(self, user: "Utilisateur") -> Self:
        """Those this person may publish. Two queries (three for an administrateur·rice)."""
        if user.est_curateur:
            return self.en_relecture().exclude(auteur=user.pk)
        if not user.est_administrateur:
            return self.none()
        seuls = list(curateurs().values_list("pk", flat=True)[:2])
        if len(seuls) > 1:
            return self.none()
        siens = models.Q(auteur__in=seuls) if seuls else ~models.Q(auteur=user.pk)
        return self.en_relecture().filter(siens)


class EditionOrientationQuerySet(EditionQuerySet):
    """Editions of orientations."""

    def pour_liste(self) -> Self:
        """With what a list shows, in the order of the recueil. One query."""
        return self.select_related("orientation__recueil").order_by(
            "orientation__recueil__annee", "orientation__recueil_id", "orientation__numero"
        )


class EditionPisteQuerySet(EditionQuerySet):
    """Editions of pistes."""

    def pour_liste(self) -> Self:
        """With what a list shows, in the order of the recueil. One query, one for mots-clés."""
        return (
            self.select_related("piste__recueil", "piste__orientation")
            .prefetch_related("mots_cles")
            .order_by("piste__recueil__annee", "piste__recueil_id", "piste__rang")
        )

    def pour_page(self) -> Self:
        """With all the words of a piste's page. Three more queries."""
        return self.select_related("piste__recueil", "piste__orientation").prefetch_related(
            "mots_cles", "details", "inspirations"
        )

    def pour_redaction(self) -> Self:
        """With every row that makes its text. Four more queries."""
        return self.pour_page().prefetch_related("renvois__vers")

    def citees_par(self, edition: models.Model) -> Self:
        """The public texts a text refers to. A piste that is not public is not named."""
        return self.publies().filter(piste__renvois_recus__edition=edition).pour_liste()

    def qui_citent(self, piste: models.Model) -> Self:
        """The public texts that refer to a piste."""
        return self.publies().filter(renvois__vers=piste).pour_liste()


class PisteQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Pistes as identities."""

    def publiees(self) -> Self:
        """Those that have a public text."""
        return self.filter(editions__etat="publie")
