"""What this room does at night."""

from celery import shared_task


@shared_task
def verifier_les_liens() -> int:
    """Visit the links that are due; return how many were. Harmless when run twice."""
    from pistes.liens.tournee import verifier

    return verifier().visites
