"""Putting messages into the outbox, and taking them out again. Call inside the transaction of the cause."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from rappels import en_masse
from rappels.en_masse import Prevision
from rappels.models import Message
from rappels.querysets import MessageQuerySet

# What a message forgets when it starts afresh.
A_NEUF: dict[str, Any] = {
    "tentatives": 0,
    "premier_essai_le": None,
    "reporte_au": None,
    "derniere_erreur": "",
    "bail": None,
    "bail_jusqua": None,
    "recapitulatif": None,
}


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
    key again leaves one row. A waiting one takes the new values; a cancelled one is revived; one that is
    leaving, has left or has failed stays as it is.
    """
    valeurs = {
        "genre": genre,
        "sujet": sujet,
        "destinataire": destinataire,
        "donnees": donnees or {},
    }
    instant = prevu_le or timezone.now()
    message, cree = Message.objects.get_or_create(
        cle=cle, defaults={**valeurs, "prevu_le": instant}
    )
    if not cree:
        meme = Message.objects.filter(pk=message.pk)
        # Said again without an instant, it keeps its first one: its age is the truth.
        meme.filter(etat=Message.Etat.PREVU).update(
            **valeurs, prevu_le=prevu_le or message.prevu_le
        )
        meme.filter(etat=Message.Etat.ANNULE).update(
            **valeurs, **A_NEUF, prevu_le=instant, etat=Message.Etat.PREVU
        )
    if instant <= timezone.now():
        _sonner_apres_la_transaction()


def planifier_en_masse(previsions: Iterable[Prevision]) -> int:
    """Plan many messages, each as ``planifier`` would, in statements of a thousand; return how many."""
    nombre, plus_tot = en_masse.ecrire(previsions, a_neuf=A_NEUF)
    if plus_tot is not None and plus_tot <= timezone.now():
        _sonner_apres_la_transaction()
    return nombre


def annuler(
    *,
    sujet: str,
    genres: Iterable[str] | None = None,
    sauf: Iterable[str] = (),
    destinataires: Iterable[str] | None = None,
) -> int:
    """Cancel what has not left about a subject (some kinds or addresses only, some keys spared); return how many.

    A message a worker holds right now is cancelled too: the worker looks again before it sends. Once the
    server has the message, it has left, and is recorded so.
    """
    messages = Message.objects.annulables().filter(sujet=sujet).exclude(cle__in=list(sauf))
    if genres is not None:
        messages = messages.filter(genre__in=list(genres))
    if destinataires is not None:
        messages = messages.filter(destinataire__in=list(destinataires))
    return messages.update(etat=Message.Etat.ANNULE, bail=None, bail_jusqua=None)


def renvoyer(messages: MessageQuerySet) -> int:
    """Give those that failed a fresh start, at once; return how many. An erased address has none."""
    echoues = messages.filter(etat=Message.Etat.ECHOUE).exclude(destinataire="")
    nombre = echoues.update(**A_NEUF, etat=Message.Etat.PREVU)
    if nombre:
        _sonner_apres_la_transaction()
    return nombre


def _sonner_apres_la_transaction() -> None:
    """Ring once at commit, however many messages the transaction plans."""
    if not any(
        entree[1] is _sonner_bientot for entree in transaction.get_connection().run_on_commit
    ):
        transaction.on_commit(_sonner_bientot, robust=True)


def _sonner_bientot() -> None:
    """Ring the bell now instead of at the next beat. Without a broker the message waits for that beat."""
    from rappels.tasks import envoyer

    envoyer.apply_async(retry=False, expires=60)
