"""``docs/vie-du-test.md``, written from the table of transitions: it cannot say anything else than the code."""

from pathlib import Path

from django.conf import settings

from tests_programme.transitions import ECRITURES, TRANSITIONS, Transition

FICHIER = Path(settings.RACINE) / "docs" / "vie-du-test.md"

QUI = {
    "equipe": "a member of the test's organisation",
    "lecture": "a curateur·rice, or a member who did not submit it",
    "date": "the date alone",
}
ETATS = {
    "preparation": "a draft: everything may change",
    "en_cours": "started: hypothesis, critères and date are frozen",
    "a_evaluer": "over, by its date or before it; what readers are shown is computed from the date",
    "evalue": "its évaluation is published: nothing changes any more, save what became of it",
    "abandonne": "given up before its start",
}
DEBUT = """# The life of a test

Written by `manage.py documenter_la_vie` from `tests_programme/transitions.py`; a test fails when the two differ.
The same table drives the refusals (`tests_programme/models/vie.py`, `tests_programme/models/apres.py`) and the
buttons of the test's page (`tests_programme/boutons.py`).

```
preparation ──demarrer──▶ en_cours ──perimer, arreter──▶ a_evaluer ──evaluer──▶ evalue
     └──renoncer──▶ abandonne                             │    ▲
                                                 soumettre│    │rendre, reprendre
                                                          ▼    │
                                                     (somebody else reads)
```
"""
FIN = """
Whoever is of no right to it meets a 403 (a 404 when they may not even see the test); whatever is asked for and
missing is refused with every reason at once. In both cases nothing changes, not even a line of history:
`tests/tests_programme/test_transitions.py` tries every state, action and role.

Another organisation takes a test up with `s_inspirer` (`tests_programme/filiation.py`): the test itself does not
change. Accounts from a publication have no life here: they only inspire, and are followed by.
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
    lignes += ["", "## What the team writes", "", "| state | button |", "|---|---|"]
    lignes += [f"| {_etats(etats)} | {bouton.libelle} |" for etats, bouton in ECRITURES]
    return "\n".join(lignes) + "\n" + FIN


def _ligne(action: str, transition: Transition) -> str:
    vers = f"`{transition.vers}`" if transition.vers else "the same"
    de = (
        _etats(transition.de)
        + {"": "", "a_soumettre": "", "soumise": ", submitted"}[transition.lecture]
    )
    recits = ", or an account" if transition.recits else ""
    return (
        f"| `{action}` | {de}{recits} | {vers} | {QUI[transition.qui]} | {transition.demande} | "
        f"{transition.libelle} |"
    )


def _etats(etats: tuple[str, ...]) -> str:
    return ", ".join(f"`{etat}`" for etat in etats)
