"""Putting messages into the outbox, and taking them out again. Call inside the transaction of the cause."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from rappels.models import Message


def planifier(
    *,
    genre: str,
    sujet: str,
    destinataire: str,
    cle: str,
    prevu_le: dt.datetime | None = None,
    donnees: dict[str, Any] | None = None,
) -> None:
    """Plan one message; with no instant, it leaves at once.

    ``cle`` says what makes it the same message (kind, subject, person, planned day): planning the same
    key again leaves one row. A cancelled one is revived; one that left stays as it is.
    """
    prevu_le = prevu_le or timezone.now()
    valeurs = {
        "genre": genre,
        "sujet": sujet,
        "destinataire": destinataire,
        "prevu_le": prevu_le,
        "donnees": donnees or {},
    }
    message, cree = Message.objects.get_or_create(cle=cle, defaults=valeurs)
    if not cree:
        Message.objects.filter(pk=message.pk, etat__in=[Message.Etat.PREVU, Message.Etat.ANNULE]).update(
            **valeurs, etat=Message.Etat.PREVU, tentatives=0, derniere_erreur=""
        )
    if prevu_le <= timezone.now():
        transaction.on_commit(_sonner_bientot, robust=True)


def annuler(*, sujet: str, genres: Iterable[str] | None = None) -> int:
    """Cancel what has not left about a subject (of some kinds only, when given); return how many.

    A message a worker holds right now is cancelled too: the worker looks again before it sends.
    """
    messages = Message.objects.en_attente().filter(sujet=sujet)
    if genres is not None:
        messages = messages.filter(genre__in=list(genres))
    return messages.update(etat=Message.Etat.ANNULE, bail=None, bail_jusqua=None)


def _sonner_bientot() -> None:
    """Ring the bell now instead of at the next beat. Without a broker the message waits for that beat."""
    from rappels.tasks import sonner

    sonner.apply_async(retry=False, expires=60)
