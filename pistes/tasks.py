"""What this room does at night."""

from celery import shared_task


@shared_task
def verifier_les_liens() -> int:
    """Visit the links that are due; return how many were. Harmless when run twice."""
    from pistes.liens.tournee import verifier

    return verifier().visites


@shared_task
def effacer_les_fiches() -> int:
    """Erase the entries of the annuaire nobody answered for, and old refusals; return how many."""
    from pistes.effacement import effacer_les_fiches as effacer

    return effacer()
