"""Telling the administrateurs that the queue stands still.

Not through the outbox: an alert that waits in the late queue is useless. Whoever runs this sends it over
SMTP at once. When SMTP itself is what fails, only the log, /sante/ and /metrics can tell.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterable

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from rappels.mesures import Mesures, mesurer
from rappels.models import Battement
from rappels.redaction import lien

logger = logging.getLogger(__name__)

RETARD_ALARMANT = dt.timedelta(minutes=30)
SILENCE = dt.timedelta(hours=6)  # between two alerts
JAMAIS = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)

# Which addresses watch over the platform; a room that knows accounts says it.
Veilleurs = Callable[[], Iterable[str]]
_veilleurs: list[Veilleurs] = []


def dit_qui_veille(veilleurs: Veilleurs) -> Veilleurs:
    """Decorator: the function gives the administrateurs' addresses."""
    _veilleurs.append(veilleurs)
    return veilleurs


def alerter_si_en_retard(at: dt.datetime | None = None) -> int:
    """Write to the administrateurs when the oldest due message is half an hour late; return to how many.

    Once in six hours, however many workers run this: the row of the last alert is locked while the mails
    are handed over, and moves only if one was accepted. Sending fails: the next run tries again.
    """
    at = at or timezone.now()
    mesures = mesurer(at)
    if mesures.plus_ancien < RETARD_ALARMANT.total_seconds():
        return 0
    logger.error("%s messages wait, the oldest for %.0f s.", mesures.dus, mesures.plus_ancien)
    Battement.objects.get_or_create(nom="alerte", defaults={"le": JAMAIS})
    with transaction.atomic():
        derniere = (
            Battement.objects.select_for_update(skip_locked=True)
            .filter(nom="alerte", le__lte=at - SILENCE)
            .first()
        )
        if derniere is None:
            return 0
        prevenus = sum(_ecrire(adresse, mesures) for adresse in _adresses())
        if prevenus:
            derniere.le = at
            derniere.save(update_fields=["le"])
    return prevenus


def _adresses() -> list[str]:
    return sorted({adresse.lower() for veilleurs in _veilleurs for adresse in veilleurs()})


def _ecrire(adresse: str, mesures: Mesures) -> bool:
    """Whether the server took it. One refused administrateur does not silence the others."""
    minutes = int(mesures.plus_ancien // 60)
    attente = f"{minutes // 60} h {minutes % 60:02d}" if minutes >= 120 else f"{minutes} minutes"
    mail = EmailMessage(
        subject=f"Les rappels ne partent plus : {attente} de retard",
        body=(
            "Bonjour,\n\n"
            f"Messages en attente : {mesures.dus}. Le plus ancien devait partir il y a {attente}.\n"
            f"Partis ces cinq dernières minutes : {mesures.envoyes_5_min}. "
            f"En échec : {mesures.par_etat['echoue']}.\n\n"
            "Que vérifier : le serveur de courrier répond-il, les workers tournent-ils, que disent leurs journaux ?\n\n"
            f"L'état des services : {lien(reverse('accueil:sante'))}\n"
            f"La file : {lien(reverse('admin:rappels_message_changelist'))}\n\n"
            "Rien n'est perdu : ce qui attend partira une fois la panne finie. "
            "Prochaine alerte dans six heures au plus tôt.\n"
        ),
        to=[adresse],
        headers={"Auto-Submitted": "auto-generated", "Content-Language": "fr"},
        connection=get_connection(fail_silently=False),
    )
    try:
        mail.send()
    except OSError as erreur:  # smtplib's errors are OSErrors
        logger.error("The alert could not be sent to one administrateur: %s", erreur)
        return False
    return True
