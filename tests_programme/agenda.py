"""The dates of tests and programmes as calendar entries (config/agenda.py)."""

import datetime as dt
from typing import TYPE_CHECKING

from icalendar import Event

from config.agenda import evenement, nouvel_agenda
from tests_programme.echeances import dernier_jour

if TYPE_CHECKING:
    from tests_programme.models import Seance, Test


def ics_du_test(test: "Test") -> bytes:
    """An all-day event on the last day of the test. Raises ValueError without a date. One query."""
    agenda = nouvel_agenda()
    agenda.add_component(fin_du_test(test, lignes=test.journal.count()))
    return bytes(agenda.to_ical())


def fin_du_test(test: "Test", *, lignes: int) -> Event:
    """The last day of a test; ``lignes`` is how many lines its history has. Raises ValueError without a date.

    The history grows with each transition, and a draft with each saving: so does the SEQUENCE.
    """
    jour = dernier_jour(test)
    if jour is None or test.date_peremption is None:
        raise ValueError("A test without a date has no place in a calendar.")
    prevue = "Fin prévue du test" if test.etat == "preparation" else "Fin du test"
    return evenement(
        uid=f"test-{test.pk}",
        jour=jour,
        titre=f"{prevue} : {test.titre}",
        texte=_ce_jour_la(test),
        adresse=test.get_absolute_url(),
        modifie_le=test.modifie_le,
        rang=lignes,
        statut="CANCELLED" if test.etat == "abandonne" else "CONFIRMED",
    )


def point_du_test(test: "Test", jour: dt.date, *, lignes: int, supprime: bool = False) -> Event:
    """A regular point. Its day names it: planned again, it is the same entry."""
    return evenement(
        uid=f"point-{test.pk}-{jour:%Y%m%d}",
        jour=jour,
        titre=f"Point régulier : {test.titre}",
        texte="Ce que nous voyons, ce qui nous inquiète, est-ce qu'on continue.",
        adresse=test.get_absolute_url(),
        modifie_le=test.modifie_le,
        rang=lignes,
        statut="CANCELLED" if supprime else "CONFIRMED",
    )


def seance_du_programme(seance: "Seance") -> Event:
    """A session with a day. Raises ValueError without one."""
    if seance.debut is None:
        raise ValueError("A session without a day has no place in a calendar.")
    return evenement(
        uid=f"seance-{seance.pk}",
        jour=seance.debut,
        dernier=seance.fin,
        titre=f"{seance.titre} ({seance.programme})",
        texte=seance.ordre_du_jour or seance.texte,
        adresse=seance.get_absolute_url(),
        modifie_le=seance.modifie_le,
        lieu=seance.lieu,
        statut="CANCELLED" if seance.annulee_le else "CONFIRMED",
    )


def _ce_jour_la(test: "Test") -> str:
    if test.etat == "abandonne":
        return "L'équipe a renoncé à ce test."
    if test.etat == "preparation":
        return "Le test n'a pas encore commencé : cette date peut changer."
    if test.arrete_avant_sa_date:
        return "L'équipe a arrêté le test ce jour-là, avant sa date."
    return "Dernier jour du test. Le soir, il s'arrête, même s'il marche."
