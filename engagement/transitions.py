"""The life of a mise en relation as one table (DESIGN, « Life of a mise en relation »).

It drives the refusals (models/pas.py), the buttons of its page, docs/vie-d-une-mise-en-relation.md and the
tests of every state, action and role.
"""

import dataclasses
from typing import Literal

Etat = Literal[
    "proposee",
    "en_discussion",
    "rencontree",
    "en_mission",
    "retour",
    "close",
    "declinee",
    "interrompue",
]
# Who acts: the cellule of the dispositif; the person who offers; whoever welcomes; the date alone.
Qui = Literal["cellule", "personne", "accueil", "date"]
AVANT_LA_MISSION: tuple[Etat, ...] = ("proposee", "en_discussion", "rencontree")
FINIES: tuple[Etat, ...] = ("close", "declinee", "interrompue")


@dataclasses.dataclass(frozen=True)
class Transition:
    """One named change: from which states, to which, by whom, and what the history calls it.

    ``demande`` is for the documentation: what the method refuses to do without.
    """

    de: tuple[Etat, ...]
    vers: Etat | None  # None: the state stays
    libelle: str
    demande: str
    qui: tuple[Qui, ...] = ("cellule",)


TRANSITIONS: dict[str, Transition] = {
    "discuter": Transition(
        de=("proposee",),
        vers="en_discussion",
        libelle="La conversation a commencé",
        demande="a word exchanged: an answer by link, or a call noted by the cellule",
        qui=("cellule", "personne", "accueil"),
    ),
    "fixer_rencontre": Transition(
        de=("proposee", "en_discussion", "rencontree"),
        vers=None,
        libelle="Rencontre fixée",
        demande="a day to come, an hour and a place",
    ),
    "annuler_rencontre": Transition(
        de=("proposee", "en_discussion", "rencontree"),
        vers=None,
        libelle="Rencontre annulée",
        demande="a meeting to come",
    ),
    "noter_rencontre": Transition(
        de=("proposee", "en_discussion"),
        vers="rencontree",
        libelle="La rencontre a eu lieu",
        demande="a meeting whose hour has come, or what was said instead of it",
    ),
    "demander_accords": Transition(
        de=("rencontree",),
        vers=None,
        libelle="Accords demandés",
        demande="a complete lettre de mission: what, where, when, who welcomes, the planned return",
    ),
    "commencer": Transition(
        de=("rencontree",),
        vers="en_mission",
        libelle="Mission convenue",
        demande="the accord of every party on today's text, and a free place in each of its half-days; "
        "when there is none, a place in the waiting list",
        qui=("cellule", "personne", "accueil", "date"),
    ),
    "revenir": Transition(
        de=("en_mission",),
        vers="retour",
        libelle="Mission terminée, retour à faire",
        demande="every half-day said done or missed (or the loan given back)",
        qui=("cellule", "date"),
    ),
    "clore": Transition(
        de=("retour",),
        vers="close",
        libelle="Mise en relation close",
        demande="the talk of return noted, or why there was none",
    ),
    "decliner": Transition(
        de=AVANT_LA_MISSION,
        vers="declinee",
        libelle="Déclinée",
        demande="nothing: a reason for the other side and one for the cellule may be given, never must",
        qui=("cellule", "personne", "accueil"),
    ),
    "interrompre": Transition(
        de=("en_mission",),
        vers="interrompue",
        libelle="Mission interrompue",
        demande="a reason, kept by the cellule; the half-days to come are freed",
        qui=("cellule", "personne", "accueil"),
    ),
}
