"""The dates of a test that somebody must hear of, and their messages in the outbox."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from config.jours import instant_de, jour_de
from rappels import boite
from rappels.calendrier import instant_d_envoi
from tests_programme import echeances_apres
from tests_programme.destinataires import porteurs, referents
from tests_programme.transitions import lecture_de

if TYPE_CHECKING:
    from tests_programme.models import Test

AVANT = {"peremption_14": 14, "peremption_3": 3, "peremption_0": 0}
APRES = {"evaluation_1": 1, "evaluation_7": 7, "evaluation_21": 21}
GENRES = (
    *AVANT,
    *APRES,
    "evaluation_21_referent",
    *echeances_apres.RELECTURE,
    echeances_apres.ANIMATION,
    *echeances_apres.PERENNITE,
)
# What is never said late for the first time: "in 14 days" of a test that starts with 5 days to live.
JAMAIS_EN_RETARD = set(GENRES) - {*APRES, "evaluation_21_referent"}


@dataclasses.dataclass(frozen=True)
class Echeance:
    """One kind of message about a test, to one person."""

    genre: str
    jour: dt.date
    instant: dt.datetime
    adresse: str
    # The day the message speaks of: when the test no longer has it, the message has no reason.
    annonce: dt.date

    def cle(self, test: "Test") -> str:
        """What makes it the same message."""
        return f"{self.genre}:test:{test.pk}:{self.adresse}:{self.jour:%Y-%m-%d}"


def minuit_apres(jour: dt.date | None) -> dt.datetime:
    """The instant a Paris day ends. Raises ValueError without a day."""
    if jour is None:
        raise ValueError("A day is needed.")
    return instant_de(jour + dt.timedelta(days=1))


def dernier_jour(test: "Test") -> dt.date | None:
    """The last Paris day on which the test runs, or ran."""
    if test.termine_le:
        return jour_de(test.termine_le - dt.timedelta(seconds=1))
    return test.date_peremption


def replanifier(test: "Test") -> None:
    """Make the outbox say what the test's state and date ask for today, and nothing else.

    What is still wanted is left untouched, late or being sent: planning again neither loses nor doubles.
    """
    sujet = f"test:{test.pk}"
    echeances, repris_le = list(_echeances(test)), _repris_le(test)
    boite.annuler(sujet=sujet, genres=GENRES, sauf=[e.cle(test) for e in echeances])
    for echeance in echeances:
        if echeance.instant < timezone.now() and (
            echeance.genre in JAMAIS_EN_RETARD or (repris_le and echeance.instant < repris_le)
        ):
            continue
        boite.planifier(
            genre=echeance.genre,
            sujet=sujet,
            destinataire=echeance.adresse,
            cle=echeance.cle(test),
            prevu_le=echeance.instant,
            donnees={
                "annonce": echeance.annonce.isoformat(),
                "lieu": test.organisation.lieu,
                # Past that day it would speak of what is over: better out of hours than too late.
                **(
                    {"au_plus_tard": echeance.annonce.isoformat()}
                    if echeance.genre in AVANT
                    else {}
                ),
            },
        )


def _echeances(test: "Test") -> Iterator[Echeance]:
    """All that the test's state and date ask for: by whom, and on which day."""
    lieu, dernier = test.organisation.lieu, dernier_jour(test)
    if test.etat == "evalue" and not test.est_recit:
        yield from (Echeance(*ligne) for ligne in echeances_apres.de_la_perennite(test, lieu))
    if dernier is None or test.etat not in {"en_cours", "a_evaluer"}:
        return
    if test.etat == "a_evaluer" and lecture_de(test) == "soumise":
        # The team has done its part: the reminders go to its readers instead.
        yield from (Echeance(*ligne) for ligne in echeances_apres.de_la_relecture(test, lieu))
    else:
        yield from _de_l_equipe(test, dernier, lieu)
    yield from (Echeance(*ligne) for ligne in echeances_apres.de_l_animation(test, dernier, lieu))


def _de_l_equipe(test: "Test", dernier: dt.date, lieu: str) -> Iterator[Echeance]:
    qui_porte = porteurs(test)
    # Who bears the test hears of it already: the same event is told once.
    qui_refere = [adresse for adresse in referents(test) if adresse not in qui_porte]
    if test.etat == "en_cours":
        for genre, jour, instant in avant_la_fin(dernier, lieu):
            for adresse in qui_porte:
                yield Echeance(genre, jour, instant, adresse, dernier)
    for genre, jours in APRES.items():
        jour = dernier + dt.timedelta(days=jours)
        instant = instant_d_envoi(jour, lieu=lieu)
        for adresse in qui_porte:
            yield Echeance(genre, jour, instant, adresse, dernier)
        if genre == "evaluation_21":
            for adresse in qui_refere:
                yield Echeance("evaluation_21_referent", jour, instant, adresse, dernier)


def _repris_le(test: "Test") -> dt.datetime | None:
    """When the évaluation last came back from its second reading: what was due before is not said again."""
    if test.etat != "a_evaluer":
        return None
    retours = test.journal.filter(action__in=["rendre", "reprendre"]).order_by("-le")
    return retours.values_list("le", flat=True).first()


def avant_la_fin(dernier: dt.date, lieu: str = "") -> Iterator[tuple[str, dt.date, dt.datetime]]:
    """The reminders before the end, last first: each on its own morning, none past what it announces.

    A week-end or a holiday would bring two of them together: the earlier one then moves earlier still.
    """
    limite = dernier
    for genre, jours in sorted(AVANT.items(), key=lambda paire: paire[1]):
        jour = dernier - dt.timedelta(days=jours)
        instant = instant_d_envoi(jour, au_plus_tard=limite, lieu=lieu)
        limite = jour_de(instant) - dt.timedelta(days=1)
        yield genre, jour, instant
