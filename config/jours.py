"""A *day* is a date in Europe/Paris; everything else is an aware instant."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

PARIS = ZoneInfo("Europe/Paris")


def jour_de(at: dt.datetime | None = None) -> dt.date:
    """The Paris date of an aware instant (now when None)."""
    return (at or timezone.now()).astimezone(PARIS).date()


def instant_de(jour: dt.date, heure: int = 0) -> dt.datetime:
    """The instant at which the given hour of a Paris day begins, aware."""
    return dt.datetime.combine(jour, dt.time(heure), tzinfo=PARIS)
