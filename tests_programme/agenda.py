"""The end of a test as a calendar entry, for its mails and its page."""

import datetime as dt
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from tests_programme.echeances import dernier_jour

if TYPE_CHECKING:
    from tests_programme.models import Test


def ics_du_test(test: "Test") -> bytes:
    """An all-day event on the last day of the test. Raises ValueError without a date. One query.

    Its UID never changes, and its SEQUENCE grows with the history: a calendar that has it moves it when
    the test is extended or stopped, and takes it away when its team gives it up.
    """
    jour = dernier_jour(test)
    if jour is None or test.date_peremption is None:
        raise ValueError("A test without a date has no place in a calendar.")
    agenda = Calendar()
    agenda.add("prodid", "-//Réflexes publics//FR")
    agenda.add("version", "2.0")
    agenda.add("method", "PUBLISH")
    agenda.add_component(_fin_du_test(test, jour))
    return bytes(agenda.to_ical())


def _fin_du_test(test: "Test", jour: dt.date) -> Event:
    adresse = f"{settings.ADRESSE_PUBLIQUE}{test.get_absolute_url()}"
    domaine = urlsplit(settings.ADRESSE_PUBLIQUE).hostname or "localhost"
    fin = Event()
    fin.add("uid", f"test-{test.pk}@{domaine}")
    fin.add("dtstamp", test.modifie_le.astimezone(dt.UTC))
    fin.add("sequence", test.journal.count())
    fin.add("dtstart", jour)
    fin.add("dtend", jour + dt.timedelta(days=1))
    fin.add("summary", f"Fin du test : {test.titre}")
    fin.add("status", "CANCELLED" if test.etat == "abandonne" else "CONFIRMED")
    fin.add("description", f"{_ce_jour_la(test)}\n{adresse}")
    fin.add("url", adresse)
    fin.add("transp", "TRANSPARENT")
    return fin


def _ce_jour_la(test: "Test") -> str:
    if test.etat == "abandonne":
        return "L'équipe a renoncé à ce test."
    if test.arrete_avant_sa_date:
        return "L'équipe a arrêté le test ce jour-là, avant sa date."
    return "Dernier jour du test. Le soir, il s'arrête, même s'il marche."
