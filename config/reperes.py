"""Where one is in a list read « after this row »: an instant or a day, and the row's number, in an address.

Read back from whatever somebody typed: None means nothing, one begins again.
"""

import datetime as dt

EPOQUE = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECONDE = dt.timedelta(microseconds=1)


def repere(le: dt.datetime | dt.date, pk: int) -> str:
    """The place of a row: microseconds since 1970, or the day, then its number."""
    place = (le - EPOQUE) // MICROSECONDE if isinstance(le, dt.datetime) else f"{le:%Y%m%d}"
    return f"{place}-{pk}"


def instant_lu(repere: str) -> tuple[dt.datetime, int] | None:
    """The place of a row in a list by instant."""
    place, _, pk = repere.partition("-")
    try:
        return EPOQUE + int(place) * MICROSECONDE, min(int(pk), 2**63 - 1)
    except (ValueError, OverflowError):
        return None


def jour_lu(repere: str) -> tuple[dt.date, int] | None:
    """The place of a row in a list by day."""
    jour, _, pk = repere.partition("-")
    try:
        return dt.datetime.strptime(jour, "%Y%m%d").date(), min(int(pk), 2**63 - 1)  # noqa: DTZ007
    except (ValueError, OverflowError):
        return None
