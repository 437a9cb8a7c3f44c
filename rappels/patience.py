"""How long one tries again: growing pauses, three days in all."""

import datetime as dt

from rappels.models import Message

LIMITE = dt.timedelta(days=3)
# Three days during which no worker ran are not three days of tries.
ESSAIS_MINIMUM = 5
PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
# A server that cannot be reached says nothing about this message: go and see it often.
PAUSE_SANS_SERVEUR = dt.timedelta(minutes=15)


def apres_un_echec(
    message: Message, at: dt.datetime, *, sans_serveur: bool = False
) -> tuple[Message.Etat, dt.datetime | None]:
    """The state after a failed try and the instant of the next one: the last falls at the limit."""
    limite = (message.premier_essai_le or at) + LIMITE
    if at >= limite and message.tentatives >= ESSAIS_MINIMUM:
        return Message.Etat.ECHOUE, None
    pause = PAUSES[min(max(message.tentatives, 1), len(PAUSES)) - 1]
    if sans_serveur:
        pause = min(pause, PAUSE_SANS_SERVEUR)
    return Message.Etat.PREVU, min(at + pause, max(limite, at + PAUSES[0]))
