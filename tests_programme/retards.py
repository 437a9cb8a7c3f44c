"""Tests past their date without an évaluation, counted for each organisation. Said plainly, ranked by nothing."""

import dataclasses
import datetime as dt
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, Window
from django.db.models.functions import RowNumber

from comptes.models import Organisation
from tests_programme.models import Test

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur

PAR_PAGE = 20
TESTS_MONTRES = 5


@dataclasses.dataclass(frozen=True)
class Retard:
    """One organisation, how many of its tests wait, and the first of them."""

    organisation: Organisation
    nombre: int
    tests: list[Test]

    @property
    def autres(self) -> int:
        """How many are not shown."""
        return self.nombre - len(self.tests)


def retards(
    user: "Utilisateur | AnonymousUser",
    *,
    apres: tuple[str, int] | None = None,
    at: dt.datetime | None = None,
) -> tuple[list[Retard], tuple[str, int] | None]:
    """A page of organisations by name, after one of them, and where the next page begins. Two queries."""
    attendus = Test.objects.visible_to(user).a_evaluer(at).filter(source="")
    organisations = (
        Organisation.objects.visible_to(user)
        .filter(Exists(attendus.filter(organisation=OuterRef("pk")).order_by()))
        .order_by("nom", "pk")
    )
    if apres is not None:
        nom, pk = apres
        organisations = organisations.filter(Q(nom__gt=nom) | Q(nom=nom, pk__gt=pk))
    page = list(organisations[: PAR_PAGE + 1])
    montrees = page[:PAR_PAGE]
    place = montrees[-1] if len(page) > PAR_PAGE else None
    return _avec_leurs_tests(attendus, montrees), (place.nom, place.pk) if place else None


def _avec_leurs_tests(attendus: object, organisations: list[Organisation]) -> list[Retard]:
    tests = (
        Test.objects.filter(
            pk__in=attendus.filter(organisation__in=organisations).order_by().values("pk")  # type: ignore[attr-defined]
        )
        .select_related("evaluation")
        .annotate(
            rang=Window(
                RowNumber(), partition_by="organisation", order_by=["date_peremption", "pk"]
            ),
            nombre=Window(Count("pk"), partition_by="organisation"),
        )
        .filter(rang__lte=TESTS_MONTRES)
        .order_by("organisation", "rang")
    )
    groupes = {
        pk: list(suite) for pk, suite in groupby(tests, key=lambda test: test.organisation_id)
    }
    return [
        Retard(organisation, groupes[organisation.pk][0].nombre, groupes[organisation.pk])
        for organisation in organisations
        if organisation.pk in groupes
    ]
