"""The end of a test as a calendar entry, for its mails and its page."""

import datetime as dt
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

if TYPE_CHECKING:
    from tests_programme.models import Test


def ics_du_test(test: "Test") -> bytes:
    """An all-day event on the last day of the test. Raises ValueError without a date. One query.

    Its UID never changes, and its SEQUENCE grows with an extension: a calendar that has it moves it.
    """
    if test.date_peremption is None:
        raise ValueError("A test without a date has no place in a calendar.")
    agenda = Calendar()
    agenda.add("prodid", "-//Réflexes publics//FR")
    agenda.add("version", "2.0")
    agenda.add("method", "PUBLISH")
    agenda.add_component(_fin_du_test(test, test.date_peremption))
    return bytes(agenda.to_ical())


def _fin_du_test(test: "Test", jour: dt.date) -> Event:
    adresse = f"{settings.ADRESSE_PUBLIQUE}{test.get_absolute_url()}"
    domaine = urlsplit(settings.ADRESSE_PUBLIQUE).hostname or "localhost"
    fin = Event()
    fin.add("uid", f"test-{test.pk}@{domaine}")
    fin.add("dtstamp", test.modifie_le.astimezone(dt.UTC))
    fin.add("sequence", test.prolongations.filter(effective_le__isnull=False).count())
    fin.add("dtstart", jour)
    fin.add("dtend", jour + dt.timedelta(days=1))
    fin.add("summary", f"Fin du test : {test.titre}")
    fin.add(
        "description", f"Dernier jour du test. Le soir, il s'arrête, même s'il marche.\n{adresse}"
    )
    fin.add("url", adresse)
    fin.add("transp", "TRANSPARENT")
    return fin
