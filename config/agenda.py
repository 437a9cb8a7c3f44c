"""Calendar entries. A UID never changes, and a SEQUENCE never goes back: a calendar that has the entry moves
it, or takes it away.
"""

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

# Seconds are counted from here, so that they hold in the 32 bits of a SEQUENCE until 2088.
ORIGINE = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
UN_JOUR = dt.timedelta(days=1)


def nouvel_agenda() -> Calendar:
    """An empty calendar of ours."""
    agenda = Calendar()
    agenda.add("prodid", "-//Réflexes publics//FR")
    agenda.add("version", "2.0")
    agenda.add("method", "PUBLISH")
    return agenda


def evenement(
    *,
    uid: str,
    jour: dt.date,
    titre: str,
    texte: str,
    adresse: str,
    modifie_le: dt.datetime,
    statut: str,
    dernier: dt.date | None = None,
    lieu: str = "",
    rang: int = 0,
) -> Event:
    """One all-day entry, from ``jour`` to ``dernier`` included (RFC 5545: DTEND is the day after)."""
    entree = _entree(uid, titre, texte, adresse, modifie_le, statut, lieu, rang)
    entree.add("dtstart", jour)
    entree.add("dtend", max(dernier or jour, jour) + UN_JOUR)
    entree.add("transp", "TRANSPARENT")
    return entree


def rendez_vous(
    *,
    uid: str,
    debut: dt.datetime,
    duree: dt.timedelta,
    titre: str,
    texte: str,
    adresse: str,
    modifie_le: dt.datetime,
    statut: str,
    lieu: str = "",
    rang: int = 0,
) -> Event:
    """One entry at an hour, in universal time: no calendar needs our time zones. It makes people busy."""
    entree = _entree(uid, titre, texte, adresse, modifie_le, statut, lieu, rang)
    entree.add("dtstart", debut.astimezone(dt.UTC))
    entree.add("dtend", (debut + duree).astimezone(dt.UTC))
    return entree


def _entree(
    uid: str,
    titre: str,
    texte: str,
    adresse: str,
    modifie_le: dt.datetime,
    statut: str,
    lieu: str,
    rang: int,
) -> Event:
    page = f"{settings.ADRESSE_PUBLIQUE}{adresse}"
    domaine = urlsplit(settings.ADRESSE_PUBLIQUE).hostname or "localhost"
    entree = Event()
    entree.add("uid", f"{uid}@{domaine}")
    entree.add("dtstamp", modifie_le.astimezone(dt.UTC))
    entree.add("last-modified", modifie_le.astimezone(dt.UTC))
    entree.add("sequence", int((modifie_le - ORIGINE).total_seconds()) + rang)
    entree.add("summary", titre)
    entree.add("status", statut)
    entree.add("description", f"{texte[:2_000]}\n{page}".strip())
    entree.add("url", page)
    if lieu:
        entree.add("location", lieu)
    return entree
