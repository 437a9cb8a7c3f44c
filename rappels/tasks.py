"""The bell: Celery rings it, the outbox knows what is due."""

from celery import shared_task


@shared_task
def sonner() -> int:
    """Send what is due; return how many messages left."""
    from rappels.envoi import envoyer_les_messages_dus

    return envoyer_les_messages_dus()
