"""What this room forgets."""

from celery import shared_task


@shared_task
def effacer_les_invitations() -> int:
    """Erase the invitations (and the addresses in them) that ended over 30 days ago; return how many."""
    from comptes.models import Invitation

    nombre, _ = Invitation.objects.a_effacer().delete()
    return nombre


@shared_task
def effacer_les_sessions() -> None:
    """Erase the sessions that have expired: nobody else does."""
    from django.core.management import call_command

    call_command("clearsessions")
