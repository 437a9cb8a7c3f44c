"""What this room prepares for its readers."""

from celery import shared_task


@shared_task
def renouveler_le_vocabulaire() -> int:
    """Read the words of the catalogue again, for "did you mean"; return how many."""
    from accueil.vocabulaire import renouveler

    return len(renouveler()[1])
