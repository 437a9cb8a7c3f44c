"""The bell: Celery rings it, the outbox knows what is due."""

from celery import shared_task
from django.utils import timezone

# Well under the three minutes after which /sante/ worries, and under the hard limit of tasks.
BUDGET = 60


@shared_task
def sonner() -> int:
    """The beat's ring: say that it was heard, then send what is due; return how many messages left."""
    from rappels.models import Battement

    Battement.objects.update_or_create(nom="sonner", defaults={"le": timezone.now()})
    return int(envoyer())


@shared_task
def envoyer() -> int:
    """Send what is due without waiting for the beat (and without vouching for it)."""
    from rappels.envoi import envoyer_les_messages_dus

    return envoyer_les_messages_dus(budget=BUDGET).envoyes


@shared_task
def surveiller() -> int:
    """Alert the administrateurs when the queue is late; return how many. Its own task: it must not wait
    behind, or die with, a ring that sends."""
    from rappels.alerte import alerter_si_en_retard

    return alerter_si_en_retard()


@shared_task
def effacer_les_adresses() -> int:
    """Erase the addresses of messages that left over twelve months ago; return how many."""
    from rappels.effacement import effacer_les_adresses as effacer

    return effacer()
