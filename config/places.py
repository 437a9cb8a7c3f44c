"""The place of a row in a list by date: what « after this row » is written with in an address."""

import datetime as dt

EPOQUE = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def marque(instant: dt.datetime, pk: int) -> str:
    """Microseconds since 1970, and the row's number."""
    return f"{(instant - EPOQUE) // dt.timedelta(microseconds=1)}-{pk}"


def lire(texte: str) -> tuple[dt.datetime, int] | None:
    """The place a mark means; None when it means nothing: one begins again."""
    instant, _, pk = texte.partition("-")
    try:
        return EPOQUE + dt.timedelta(microseconds=int(instant)), min(int(pk), 2**63 - 1)
    except (ValueError, OverflowError):
        return None


def suite(page: list[object], par_page: int, champ: str) -> str:
    """The mark of the last row shown when there are others after it, else nothing."""
    if len(page) <= par_page:
        return ""
    derniere = page[par_page - 1]
    return marque(getattr(derniere, champ), derniere.pk)  # type: ignore[attr-defined]
