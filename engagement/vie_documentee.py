"""``docs/vie-d-une-mise-en-relation.md``, written from the table of transitions: it cannot say anything else."""

from pathlib import Path

from django.conf import settings

from engagement.transitions import TRANSITIONS, Transition

FICHIER = Path(settings.RACINE) / "docs" / "vie-d-une-mise-en-relation.md"

QUI = {
    "cellule": "the cellule",
    "personne": "the person who offers",
    "accueil": "whoever welcomes",
    "date": "the date alone",
}
ETATS = {
    "proposee": "a human of the cellule proposed one need to one person; nothing is decided",
    "en_discussion": "a word was exchanged: an answer by link, or a call noted",
    "rencontree": "they met; the letter is written, the accords come in, a place is waited for",
    "en_mission": "everybody agreed and every half-day has its place, or the loan is planned",
    "retour": "the last half-day is past: the talk of return is to be noted",
    "close": "the return is told, both sides are thanked",
    "declinee": "somebody said no before the mission; two reasons may have been given",
    "interrompue": "stopped during the mission; its half-days to come are free",
}
DEBUT = """# The life of a mise en relation

Written by `manage.py documenter_la_mise_en_relation` from `engagement/transitions.py`; a test fails when the two
differ. The same table drives the refusals (`engagement/models/pas.py`) and the buttons of the cellule's page
(`engagement/suite.py`).

```
proposee ──discuter──▶ en_discussion ──noter_rencontre──▶ rencontree ──commencer──▶ en_mission
     └───────────────────────┴──────────decliner─────────────┴──▶ declinee               │
                                     interrompue ◀──interrompre──────────────────────────┤
                                           close ◀──clore── retour ◀──revenir────────────┘
```
"""
FIN = """
Whoever is of no right to it is refused (their page: 404); whatever is missing is refused with every reason at once.
In both cases nothing changes, not even a line of history: `tests/engagement/test_transitions.py` tries every state,
action and side.

## Between the meeting and the mission

1. `demander_accords` freezes today's text of the letter (`engagement/lettre.py`) for each party: the person, the
   manager of origin of an agent when the dispositif asks it and time is given, whoever welcomes.
2. Each answers by a personal link, in any order; the cellule writes down what was told by phone (`recueillir`). A
   changed text voids the answers and asks again, showing what changed.
3. The last accord calls `commencer` under the lock of the need: a place in each half-day, or the next rank of the
   waiting list, or what the database refused, told to the cellule. No accord is lost in any of the three.
4. A freed place is held 48 hours for the first in the list for whom every half-day is free, then for the next. A hold
   whose hour is past is free for every reader at once: the task only records it and tells the next.

## The private reason

What a side confides to the cellule lives in `MotifPrive` alone, and is shown on the cellule's page of the mise en
relation alone: `tests/engagement/test_canari.py` puts a marked one everywhere it may be typed and looks for it
everywhere else.
"""


def document() -> str:
    """The whole document."""
    lignes = [DEBUT, "## States", "", "| state | what it means |", "|---|---|"]
    lignes += [f"| `{etat}` | {sens} |" for etat, sens in ETATS.items()]
    lignes += [
        "",
        "## Actions",
        "",
        "| action | from | to | who | what it asks for | history says |",
    ]
    lignes += ["|---|---|---|---|---|---|"]
    lignes += [_ligne(action, transition) for action, transition in TRANSITIONS.items()]
    return "\n".join(lignes) + "\n" + FIN


def _ligne(action: str, transition: Transition) -> str:
    de = ", ".join(f"`{etat}`" for etat in transition.de)
    vers = f"`{transition.vers}`" if transition.vers else "the same"
    qui = ", ".join(QUI[cote] for cote in transition.qui)
    return f"| `{action}` | {de} | {vers} | {qui} | {transition.demande} | {transition.libelle} |"
