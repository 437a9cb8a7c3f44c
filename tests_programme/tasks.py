"""What happens to tests by the date alone."""

from celery import shared_task


@shared_task
def perimer() -> int:
    """Record the tests whose date is past; return how many. Harmless when run twice."""
    from tests_programme.models import Test

    return sum(test.perimer() for test in Test.objects.perimes().iterator(chunk_size=200))


@shared_task
def effacer_les_parties() -> int:
    """Erase the names and addresses kept with tests that ended long ago; return how many."""
    from tests_programme import effacement

    return effacement.effacer_les_parties()
