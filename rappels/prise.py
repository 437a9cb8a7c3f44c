"""Who sends what: workers take small batches under a lease, and look again before each message.

A lease is a mark in the row, not a lock held open: a worker that dies leaves it to run out. Every change
below is one statement that names the lease it relies on, so that two workers never both believe they hold
a message.
"""

import datetime as dt
import uuid

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from rappels.echecs import dire_l_echec
from rappels.models import Message
from rappels.patience import apres_un_echec
from rappels.tri import trier

LOT = 50
INTERROMPU = "L'envoi s'est interrompu en route."


def _fin_du_bail(at: dt.datetime) -> dt.datetime:
    return at + dt.timedelta(seconds=settings.RAPPELS_BAIL)


def prendre(bail: uuid.UUID, *, nombre: int = LOT) -> list[Message]:
    """Claim the oldest due messages nobody else is claiming; short transactions."""
    dus, partants = True, list[Message]()
    while dus and not partants:  # a whole batch may be set aside for digests
        dus, partants = _prendre_un_lot(bail, nombre)
    return partants


@transaction.atomic
def _prendre_un_lot(bail: uuid.UUID, nombre: int) -> tuple[bool, list[Message]]:
    at = timezone.now()
    messages = list(Message.objects.dus(at).select_for_update(skip_locked=True)[:nombre])
    partants = trier(messages, at)
    Message.objects.filter(pk__in=[m.pk for m in partants]).update(
        etat=Message.Etat.EN_ENVOI, bail=bail, bail_jusqua=_fin_du_bail(at)
    )
    return bool(messages), partants


def garder(message: Message, bail: uuid.UUID) -> bool:
    """Begin one try: whether it is still ours (neither cancelled nor taken over), the lease renewed.

    The try is counted before it happens: a message that kills its worker is counted too.
    """
    at = timezone.now()
    tenu = Message.objects.filter(pk=message.pk, etat=Message.Etat.EN_ENVOI, bail=bail).update(
        bail_jusqua=_fin_du_bail(at),
        tentatives=F("tentatives") + 1,
        premier_essai_le=Coalesce("premier_essai_le", at),
    )
    message.tentatives += 1
    message.premier_essai_le = message.premier_essai_le or at
    return bool(tenu)


def rendre(bail: uuid.UUID) -> int:
    """Give back at once what a lease still holds untried."""
    return Message.objects.filter(etat=Message.Etat.EN_ENVOI, bail=bail).update(
        etat=Message.Etat.PREVU, bail=None, bail_jusqua=None
    )


@transaction.atomic
def reprendre() -> int:
    """Put back what dead workers held; return how many.

    One that was being tried waits its turn like any failure: were it the one that kills workers, it would
    otherwise come first for ever, and its neighbours with it.
    """
    at = timezone.now()
    messages = list(
        Message.objects.abandonnes_en_route(at).select_for_update(skip_locked=True)[:1000]
    )
    for message in messages:
        etat, reporte_au = Message.Etat.PREVU, message.reporte_au
        if message.premier_essai_le and message.tentatives:
            etat, reporte_au = apres_un_echec(message, at)
        Message.objects.filter(pk=message.pk).update(
            etat=etat,
            reporte_au=reporte_au,
            bail=None,
            bail_jusqua=None,
            derniere_erreur=INTERROMPU,
        )
        if etat == Message.Etat.ECHOUE:
            dire_l_echec(message, INTERROMPU)
    return len(messages)
