"""Sending what is due. Celery, a command or a test calls ``envoyer_les_messages_dus``; nothing else sends.

What is promised, and what no system can promise, is in docs/rappels.md.
"""

import dataclasses
import logging
import time
import uuid
from collections import deque
from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from rappels import prise
from rappels.echecs import dire_l_echec
from rappels.enveloppe import enveloppe
from rappels.liaison import ErreurPermanente, ErreurTemporaire, Liaison, ServeurInjoignable, dit
from rappels.models import Message
from rappels.patience import apres_un_echec
from rappels.registre import Courriel, est_discret, redacteur_de

logger = logging.getLogger(__name__)

T = TypeVar("T")


@dataclasses.dataclass
class Bilan:
    """What one ring did, by count."""

    envoyes: int = 0
    annules: int = 0
    reportes: int = 0
    echoues: int = 0
    serveur_joint: bool = True


def envoyer_les_messages_dus(*, budget: float | None = None) -> Bilan:
    """Send batches until nothing is due, the server is gone, or ``budget`` seconds have passed."""
    fin = None if budget is None else time.monotonic() + budget
    bilan = Bilan()
    while bilan.serveur_joint and not _passe(fin):
        prise.reprendre()
        bail = uuid.uuid4()
        lot = prise.prendre(bail)
        if not lot:
            break
        _envoyer_le_lot(lot, bail, fin, bilan)
    return bilan


def _passe(fin: float | None) -> bool:
    return fin is not None and time.monotonic() >= fin


def _envoyer_le_lot(lot: list[Message], bail: uuid.UUID, fin: float | None, bilan: Bilan) -> None:
    liaison = Liaison()
    restants = deque(lot)
    parti: Message | None = None
    try:
        while message := _passer_au_suivant(parti, restants, bail, fin, bilan):
            parti = message if _envoyer_un(message, bail, liaison, bilan) else None
    finally:
        liaison.fermer()
    prise.rendre(bail)


def _passer_au_suivant(
    parti: Message | None,
    restants: deque[Message],
    bail: uuid.UUID,
    fin: float | None,
    bilan: Bilan,
) -> Message | None:
    """Mark the one that left and begin the next, or None at the end: one transaction, one wait for the disk."""

    @transaction.atomic
    def passer() -> Message | None:
        if parti is not None:
            _marquer_parti(parti)
        while restants and bilan.serveur_joint and not _passe(fin):
            if prise.garder(restants[0], bail):
                return restants[0]
            restants.popleft()
        return None

    suivant = passer() if parti is None else _avec_patience(passer)
    bilan.envoyes += parti is not None
    if suivant is not None:
        restants.popleft()
    return suivant


def _envoyer_un(message: Message, bail: uuid.UUID, liaison: Liaison, bilan: Bilan) -> bool:
    """Whether the server has it; what became of the others is recorded."""
    try:
        courriel = _rediger(message)
        if courriel is None:
            _clore(message, bail, Message.Etat.ANNULE, "Devenu sans objet au moment de partir.")
            bilan.annules += 1
            return False
        liaison.envoyer(enveloppe(message, courriel))
    except ErreurPermanente as erreur:
        _clore(message, bail, Message.Etat.ECHOUE, str(erreur))
        bilan.echoues += 1
    except ServeurInjoignable as erreur:
        bilan.serveur_joint = False
        _reporter(message, bail, str(erreur), bilan, sans_serveur=True)
    except ErreurTemporaire as erreur:
        _reporter(message, bail, str(erreur), bilan)
    except Exception as erreur:
        if isinstance(erreur, DatabaseError) and not connection.is_usable():
            raise  # the database is away: not this message's fault, and its lease runs out
        logger.exception("Message %s could not be written or sent.", message.pk)
        _reporter(message, bail, dit(erreur), bilan)
    else:
        return True
    return False


def _rediger(message: Message) -> Courriel | None:
    """The words of this moment. Raises whatever the writer raises; ErreurPermanente on a bad address."""
    try:
        validate_email(message.destinataire)
    except ValidationError as erreur:
        raise ErreurPermanente("L'adresse n'est pas valide.") from erreur
    return redacteur_de(message.genre)(message)


def _marquer_parti(message: Message) -> None:
    """Record that the server has it and what it brings, whatever happened to the rows meanwhile.

    Cancelled, or cancelled and planned again under the same key while the server answered: it has left
    all the same, and must not leave twice.
    """
    partis = Message.objects.filter(pk__in=[message.pk, *message.avec])
    partis.exclude(etat=Message.Etat.ENVOYE).update(
        etat=Message.Etat.ENVOYE,
        envoye_le=timezone.now(),
        **({"donnees": {}} if est_discret(message.genre) else {}),
        reporte_au=None,
        derniere_erreur="",
        bail=None,
        bail_jusqua=None,
    )


def _reporter(
    message: Message, bail: uuid.UUID, texte: str, bilan: Bilan, *, sans_serveur: bool = False
) -> None:
    etat, reporte_au = apres_un_echec(message, timezone.now(), sans_serveur=sans_serveur)
    if etat == Message.Etat.ECHOUE:
        bilan.echoues += 1
    else:
        bilan.reportes += 1
    _clore(message, bail, etat, texte, reporte_au=reporte_au)


def _clore(
    message: Message, bail: uuid.UUID, etat: Message.Etat, texte: str, **champs: object
) -> None:
    """End the try, unless somebody cancelled the message meanwhile. A failure is told to somebody."""
    tenu = Message.objects.filter(pk=message.pk, etat=Message.Etat.EN_ENVOI, bail=bail)
    with transaction.atomic():
        clos = tenu.update(etat=etat, derniere_erreur=texte, bail=None, bail_jusqua=None, **champs)
        if clos and etat == Message.Etat.ECHOUE:
            dire_l_echec(message, texte)


def _avec_patience(marquer: Callable[[], T], pauses: tuple[float, ...] = (0.2, 1, 3, 10)) -> T:
    """Mark in spite of a database that restarts: unmarked, the message would leave a second time."""
    for pause in pauses:
        try:
            return marquer()
        except DatabaseError as erreur:
            logger.warning("Marking a sent message, trying again in %s s: %s", pause, erreur)
            connection.close()
            time.sleep(pause)
    return marquer()
