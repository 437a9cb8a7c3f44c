"""Asking a party again: reminders to those still missing, and the button that sends the message once more."""

import datetime as dt
from typing import TYPE_CHECKING

from config.jours import jour_de
from rappels import boite
from rappels.calendrier import apres_jours_ouvres, instant_d_envoi
from tests_programme.manques import TransitionRefusee
from tests_programme.pauses import GENRE, manques_pour_ecrire, trace

if TYPE_CHECKING:
    from tests_programme.models import Accord, Test

# Working days after the asking.
RELANCES = {"accord_relance_1": 3, "accord_relance_2": 8}


def planifier_demande(test: "Test", accord: "Accord", email: str) -> None:
    """Plan the asking and its reminders; an answer cancels what has not left, by its subject."""
    boite.planifier(
        genre=GENRE,
        sujet=f"accord:{accord.pk}",
        destinataire=email,
        cle=f"{GENRE}:{accord.pk}:{accord.demande_le.timestamp():.0f}",
        donnees=trace(test, accord.objet, accord.demande_le),
    )
    lieu = test.organisation.lieu
    for genre, jours in RELANCES.items():
        jour = apres_jours_ouvres(jour_de(accord.demande_le), jours, lieu=lieu)
        if test.date_peremption and jour >= test.date_peremption:
            continue  # too late to start, or to go on
        boite.planifier(
            genre=genre,
            sujet=f"accord:{accord.pk}",
            destinataire=email,
            cle=f"{genre}:{accord.pk}:{accord.demande_le.timestamp():.0f}",
            prevu_le=instant_d_envoi(jour, lieu=lieu),
            donnees={"demande_le": accord.demande_le.isoformat(), "lieu": lieu},
        )


def renvoyer(accord: "Accord", at: dt.datetime) -> None:
    """Send the asking once more, also to an address that failed. Raises TransitionRefusee too soon.

    The caller has locked the test and knows that the answer still waits.
    """
    test, email = accord.partie.test, accord.partie.email
    if manques := manques_pour_ecrire(test, accord.objet, [email], at):
        raise TransitionRefusee("demander", manques)
    boite.annuler(sujet=f"accord:{accord.pk}", genres=[GENRE])
    boite.planifier(
        genre=GENRE,
        sujet=f"accord:{accord.pk}",
        destinataire=email,
        cle=f"{GENRE}:{accord.pk}:{at.timestamp():.0f}",
        donnees=trace(test, accord.objet, at),
    )
