"""What happens to tests by the date alone."""

from celery import shared_task
from django.db import transaction


@shared_task
def perimer() -> int:
    """Record the tests whose date is past; return how many. Harmless when run twice."""
    from tests_programme.models import Test

    return sum(test.perimer() for test in Test.objects.perimes().iterator(chunk_size=200))


@shared_task
def replanifier() -> int:
    """Plan again what every running or ended test has to say; return how many tests were looked at.

    People come, leave and change address between two transitions of a test: once a day the outbox is made
    to agree with who is there. Harmless when run twice.
    """
    from tests_programme import echeances, points
    from tests_programme.models import Test

    nombre = 0
    for pk in Test.objects.qui_rappellent().values_list("pk", flat=True).iterator():
        with transaction.atomic():
            test = Test.objects.select_for_update().filter(pk=pk).first()
            if test is not None:
                echeances.replanifier(test)
                points.replanifier(test)
                nombre += 1
    return nombre


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
