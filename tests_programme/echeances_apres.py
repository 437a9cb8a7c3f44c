"""What is still to be said once a test is over: to its readers, to who animates, and six months later.

Each row: kind, planned day, instant, address, and the day the message speaks of.
"""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from config.jours import jour_de
from rappels.calendrier import instant_d_envoi
from tests_programme.destinataires import animateurs, curateurs, lecteurs, porteurs

if TYPE_CHECKING:
    from tests_programme.models import Test

RELECTURE = {"relecture_7": 7, "relecture_21": 21}
PERENNITE = {"perennite": 0, "perennite_rappel": 21}
ANIMATION = "evaluation_animation"
# After the 21st day, told to who bears the test and to the référent·es: every pas.
PREMIERE_ALERTE, RYTHME = 35, 14

Ligne = tuple[str, dt.date, dt.datetime, str, dt.date]


def de_la_relecture(test: "Test", lieu: str) -> Iterator[Ligne]:
    """The évaluation waits for its reader. Three weeks later, the curateur·rices may read it too."""
    soumise = jour_de(test.evaluation.soumise_le)
    adresses = lecteurs(test)
    for genre, jours in RELECTURE.items():
        jour = soumise + dt.timedelta(days=jours)
        instant = instant_d_envoi(jour, lieu=lieu)
        for adresse in qui_relit(test, genre, adresses):
            yield genre, jour, instant, adresse, soumise


def qui_relit(test: "Test", genre: str, adresses: list[str] | None = None) -> list[str]:
    """Who is asked by each reminder to read the évaluation."""
    adresses = lecteurs(test) if adresses is None else adresses
    if genre != "relecture_21":
        return adresses
    auteur = test.evaluation.soumise_par
    sauf = auteur.email.lower() if auteur else ""
    return sorted({*adresses, *curateurs()} - {sauf})


def de_l_animation(test: "Test", dernier: dt.date, lieu: str) -> Iterator[Ligne]:
    """The last alert that was due, which may still wait, and the next one: one is planned ahead."""
    if dernier >= jour_de():
        return
    adresses = animateurs(test)
    for jour in _alertes(dernier, lieu):
        instant = instant_d_envoi(jour, lieu=lieu)
        for adresse in adresses:
            yield ANIMATION, jour, instant, adresse, dernier


def _alertes(dernier: dt.date, lieu: str) -> Iterator[dt.date]:
    jour = dernier + dt.timedelta(days=PREMIERE_ALERTE)
    pas = dt.timedelta(days=RYTHME)
    jour += max(0, (jour_de() - jour).days // RYTHME - 1) * pas
    while instant_d_envoi(jour, lieu=lieu) < timezone.now():
        precedent, jour = jour, jour + pas
        if instant_d_envoi(jour, lieu=lieu) >= timezone.now():
            yield precedent
    yield jour


def alerte_depassee(jour: dt.date, lieu: str) -> bool:
    """Whether the next alert is due already: then this one says nothing more."""
    return instant_d_envoi(jour + dt.timedelta(days=RYTHME), lieu=lieu) <= timezone.now()


def de_la_perennite(test: "Test", lieu: str) -> Iterator[Ligne]:
    """Six months after, whether it still stands; once more three weeks later, without an answer."""
    evaluation = test.evaluation
    question = evaluation.jour_de_la_question
    if question is None or evaluation.tient_dit_le is not None:
        return
    adresses = porteurs(test)
    for genre, jours in PERENNITE.items():
        jour = question + dt.timedelta(days=jours)
        for adresse in adresses:
            yield genre, jour, instant_d_envoi(jour, lieu=lieu), adresse, question
