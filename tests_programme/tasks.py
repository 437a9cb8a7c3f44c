"""What happens to tests by the date alone."""

import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from celery import shared_task
from django.db import transaction

if TYPE_CHECKING:
    from tests_programme.models import Test

journal = logging.getLogger(__name__)


def _pour_chacun(pks: Iterable[int], geste: "Callable[[Test], object]") -> int:
    """Do it for each test, its row locked; return for how many it did something.

    One that fails is for the log, and keeps no other from its turn.
    """
    from tests_programme.models import Test

    nombre = 0
    for pk in pks:
        try:
            with transaction.atomic():
                test = Test.objects.select_for_update(of=("self",)).filter(pk=pk).first()
                nombre += test is not None and geste(test) is not False
        except Exception:
            journal.exception("test %s: skipped", pk)
    return nombre


@shared_task
def perimer() -> int:
    """Record the tests whose date is past; return how many. Harmless when run twice."""
    from tests_programme.models import Test

    perimes = Test.objects.perimes().order_by("pk").values_list("pk", flat=True)
    return _pour_chacun(perimes.iterator(), Test.perimer)


@shared_task
def replanifier() -> int:
    """Plan again what every running or ended test has to say; return how many tests were looked at.

    People come, leave and change address between two transitions of a test: once a day the outbox is made
    to agree with who is there. Harmless when run twice.
    """
    from tests_programme import echeances, points
    from tests_programme.models import Test

    def planifier(test: Test) -> None:
        echeances.replanifier(test)
        points.replanifier(test)

    rappellent = Test.objects.qui_rappellent().order_by("pk").values_list("pk", flat=True)
    return _pour_chacun(rappellent.iterator(), planifier)


@shared_task
def effacer_les_parties() -> int:
    """Erase the names and addresses kept with tests that ended long ago; return how many."""
    from tests_programme import effacement

    return effacement.effacer_les_parties()


@shared_task
def effacer_les_paroles() -> int:
    """Erase what was written to teams alone, a year after their évaluation; return how many texts."""
    from tests_programme import effacement

    return effacement.effacer_les_paroles()


@shared_task
def effacer_les_lecteurs() -> int:
    """Erase who was invited to a groupe miroir long ago; return how many."""
    from tests_programme import effacement

    return effacement.effacer_les_lecteurs()


@shared_task
def effacer_les_orphelins() -> int:
    """Delete the attached files that nothing names any more; return how many."""
    from tests_programme import orphelins

    return orphelins.effacer_les_orphelins()
