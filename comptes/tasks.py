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


@shared_task
def effacer_les_choix() -> int:
    """Erase what addresses chose to receive once nobody has them any more; return how many.

    That is: no account, and no message left in the outbox (they forget the address after twelve months).
    """
    from comptes.models import Utilisateur
    from rappels.choix import oublier_les_choix

    return oublier_les_choix(sauf=Utilisateur.objects.values("email"))
