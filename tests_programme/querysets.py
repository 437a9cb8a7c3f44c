"""What one asks of the tests. Whatever depends on time takes ``at`` (an aware instant; now when None)."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery

from config.jours import jour_de
from pistes.models import EditionPiste

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur


def _publics(prefixe: str = "") -> Q:
    return Q(**{f"{prefixe}visibilite": "public"}) & (
        Q(**{f"{prefixe}demarre_le__isnull": False}) | ~Q(**{f"{prefixe}source": ""})
    )


PUBLICS = _publics()


class TestQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Tests, by state at an instant and by reader."""

    def en_cours(self, at: dt.datetime | None = None) -> Self:
        """Those that run at that instant: started, and their date not past."""
        return self.filter(etat="en_cours", date_peremption__gte=jour_de(at))

    def perimes(self, at: dt.datetime | None = None) -> Self:
        """Those past their date that no worker has recorded yet."""
        return self.filter(etat="en_cours", date_peremption__lt=jour_de(at))

    def a_evaluer(self, at: dt.datetime | None = None) -> Self:
        """Those that have ended without an évaluation, recorded or not."""
        return self.filter(
            Q(etat="a_evaluer") | Q(etat="en_cours", date_peremption__lt=jour_de(at))
        )

    def recits(self) -> Self:
        """Accounts from a publication."""
        return self.exclude(source="")

    def dans_l_etat(self, etat: str, at: dt.datetime | None = None) -> Self:
        """Those a reader sees in that state at that instant; ``recit``: every account."""
        if etat == "recit":
            return self.recits()
        if etat == "en_cours":
            return self.en_cours(at)
        if etat == "a_evaluer":
            return self.a_evaluer(at)
        if etat == "evalue":
            return self.filter(etat=etat)
        return self.filter(etat=etat, source="")

    def qui_rappellent(self) -> Self:
        """Those that may still have something to say to somebody: started, not evaluated."""
        return self.filter(etat__in=["en_cours", "a_evaluer"], source="")

    def publics(self) -> Self:
        """What any visitor may read: not kept private, and no draft (the shipped accounts apart)."""
        return self.filter(PUBLICS)

    def de_membre(self, user: "Utilisateur | AnonymousUser") -> Self:
        """Those of the organisations the person belongs to today."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(organisation__in=user.adhesions.actives().values("organisation"))

    def visible_to(self, user: "Utilisateur | AnonymousUser") -> Self:
        """All that this reader may see (DESIGN, "Who uses it")."""
        if not user.is_authenticated:
            return self.publics()
        if user.est_curateur or user.est_administrateur:
            return self
        return self.filter(
            PUBLICS | Q(organisation__in=user.adhesions.actives().values("organisation"))
        )

    def pour_liste(self) -> Self:
        """With all that a line of a list shows. One query."""
        return self.select_related("organisation", "programme", "piste", "evaluation").annotate(
            titre_piste=Subquery(
                EditionPiste.objects.publies().filter(piste=OuterRef("piste")).values("titre")[:1]
            )
        )

    def apres(self, cree_le: dt.datetime, pk: int) -> Self:
        """The next ones of the list, most recent first, after that row."""
        # The first condition says nothing more; it lets the index find its place.
        return self.filter(cree_le__lte=cree_le).exclude(cree_le=cree_le, pk__gte=pk)


class ProgrammeQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Programmes."""

    def pour_liste(self) -> Self:
        """With how many organisations, and how many public tests, each holds. One query."""
        return self.annotate(
            nombre_organisations=Count("organisations", distinct=True),
            nombre_tests=Count("tests", filter=_publics("tests__"), distinct=True),
        )


class EnseignementQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Lessons."""

    def publics(self) -> Self:
        """Those any visitor may read: of public tests whose évaluation is published, and of accounts."""
        finis = Q(test__etat="evalue") | ~Q(test__source="")
        return self.filter(_publics("test__") & finis)
