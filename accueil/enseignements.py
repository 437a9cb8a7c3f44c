"""Lessons, newest first, of the tests somebody may read."""

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from tests_programme.models import Enseignement, Test


def enseignements_lisibles(tests: "QuerySet[Test]") -> "QuerySet[Enseignement]":
    """The published lessons among those tests: an évaluation still being written keeps its own."""
    publies = Q(test__evaluation__publiee_le__isnull=False) | ~Q(test__source="")
    return (
        Enseignement.objects.filter(publies, test__in=tests)
        .select_related("test__organisation")
        .order_by(Coalesce("test__evaluation__publiee_le", "test__cree_le").desc(), "pk")
    )
