"""What this room forgets."""

from celery import shared_task


@shared_task
def effacer_les_ecartes() -> int:
    """Erase the words of témoignages set aside that nobody will correct; return how many."""
    from reflexes.models import Temoignage

    ecartes = list(Temoignage.objects.a_effacer()[:1000])
    for temoignage in ecartes:
        temoignage.effacer_les_mots()
    return len(ecartes)
