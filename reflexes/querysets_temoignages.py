"""What one asks of the témoignages. Nothing else says which may be read."""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils import timezone

from reflexes.perms import peut_lire_les_temoignages

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur

# Set aside, the words are kept this long for whoever brought them, to be corrected.
REPONSES = 200
CONSERVATION = dt.timedelta(days=365)


class TemoignageQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Témoignages."""

    def publies(self) -> Self:
        """Those everybody may read: pages, search, API, exports, weights and map begin here."""
        return self.filter(etat="publie")

    def a_lire(self) -> Self:
        """Those that wait for a curateur·rice."""
        return self.filter(etat="a_lire")

    def de(self, user: "Utilisateur | AnonymousUser") -> Self:
        """Those one brought, withdrawn ones included: of these, the words are gone."""
        return self.filter(depose_par=user.pk) if user.pk else self.none()

    def visible_to(self, user: "Utilisateur | AnonymousUser") -> Self:
        """The published ones; one's own; to curateur·rices, those to read. Withdrawn, nobody's."""
        voulus = Q(etat="publie")
        if user.pk:
            voulus |= Q(depose_par=user.pk)
        if peut_lire_les_temoignages(user):
            voulus |= Q(etat="a_lire")
        return self.filter(voulus).exclude(etat="retire")

    def page_des_terrains(
        self, terrains: Collection[int], place: tuple[dt.datetime, int] | None, nombre: int
    ) -> Self:
        """The published ones of these terrains, latest first, after a place in the list. One query.

        A short walk in the index for each terrain, then the best of them: it costs the same with ten
        témoignages and with a hundred thousand.
        """
        publies = self.publies().avant(place).order_by("-lu_le", "-pk")
        premiers = [publies.filter(terrain=t).values("pk")[:nombre] for t in terrains]
        if not premiers:
            return self.none()
        choisis = premiers[0].union(*premiers[1:], all=True) if premiers[1:] else premiers[0]
        return self.filter(pk__in=choisis).order_by("-lu_le", "-pk")[:nombre]

    def repondant_a(self, requete: SearchQuery) -> Self:
        """The published ones that answer a search, among the latest: ranking them all would cost by the number."""
        publies = self.publies()
        derniers = publies.filter(recherche=requete).order_by("-lu_le", "-pk").values("pk")
        return publies.filter(pk__in=derniers[:REPONSES]).pour_liste()

    def avant(self, place: tuple[dt.datetime, int] | None) -> Self:
        """Those published before this place: the order shown says nothing of when each was brought."""
        if place is None:
            return self
        instant, pk = place
        return self.filter(lu_le__lte=instant).filter(Q(lu_le__lt=instant) | Q(pk__lt=pk))

    def apres(self, place: tuple[dt.datetime, int] | None) -> Self:
        """Those brought after this place, oldest first: the queue."""
        if place is None:
            return self
        instant, pk = place
        return self.filter(depose_le__gte=instant).filter(Q(depose_le__gt=instant) | Q(pk__gt=pk))

    def deposes_avant(self, place: tuple[dt.datetime, int] | None) -> Self:
        """Those brought before this place, latest first: one's own list."""
        if place is None:
            return self
        instant, pk = place
        return self.filter(depose_le__lte=instant).filter(Q(depose_le__lt=instant) | Q(pk__lt=pk))

    def voix(self, terrains: Collection[int]) -> list[tuple[int, str, int]]:
        """How many published ones speak for each pole of each terrain. One query, that reads an index alone."""
        lignes = self.publies().filter(terrain__in=terrains).order_by()
        return list(lignes.values_list("terrain_id", "pole").annotate(n=Count("*")))

    def pour_liste(self) -> Self:
        """With the names of its terrain, its controverse and its two poles, as last published. One query."""
        from reflexes.models import ControverseFigee, TerrainFige

        fige = TerrainFige.objects.publies().filter(terrain=OuterRef("terrain"))
        figee = ControverseFigee.objects.publies().filter(
            controverse=OuterRef("terrain__controverse")
        )
        dernier, derniere = fige.order_by("-version__rang"), figee.order_by("-version__rang")
        return self.select_related("enquete", "terrain__controverse__enquete").annotate(
            numero_du_terrain=Subquery(dernier.values("numero")[:1]),
            titre_du_terrain=Subquery(dernier.values("titre")[:1]),
            theme=Subquery(derniere.values("theme")[:1]),
            pole_a=Subquery(derniere.values("pole_a")[:1]),
            pole_b=Subquery(derniere.values("pole_b")[:1]),
            cle_du_terrain=F("terrain__cle"),
        )

    def a_effacer(self, at: dt.datetime | None = None) -> Self:
        """Set aside, and nobody will correct them: too long ago, or their account is gone."""
        limite = (at or timezone.now()) - CONSERVATION
        ecartes = self.filter(etat="ecarte").exclude(texte="")
        return ecartes.filter(Q(lu_le__lt=limite) | Q(depose_par=None))
