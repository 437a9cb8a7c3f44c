"""The life of a test as one table (DESIGN, "Life of a test"): who reads this knows what can happen.

It drives the refusals (models/vie.py, models/apres.py), the buttons of the test's page, the document
docs/vie-du-test.md (``manage.py documenter_la_vie``) and the tests of every state, action and role.
"""

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tests_programme.models import Test

Etat = Literal["preparation", "en_cours", "a_evaluer", "evalue", "abandonne"]
# Who acts: a member of the test's organisation; somebody who reads an évaluation after them (another
# member, or a curateur·rice); or the date alone.
Qui = Literal["equipe", "lecture", "date"]
# Where a written évaluation stands: nobody was asked to read it yet, or somebody is.
Lecture = Literal["", "a_soumettre", "soumise"]


@dataclasses.dataclass(frozen=True)
class Bouton:
    """What a page shows to whoever may act. ``nom``: the address that acts, by POST when ``agit``."""

    libelle: str
    nom: str
    agit: bool = False
    plus: tuple[str, ...] = ()
    rang: Literal["premier", "second", "lien"] = "lien"


@dataclasses.dataclass(frozen=True)
class Transition:
    """One named change: from which states, to which, by whom, and what the history calls it.

    ``demande`` is for the documentation: what the method refuses to do without.
    """

    de: tuple[Etat, ...]
    vers: Etat | None  # None: the state stays
    libelle: str
    demande: str
    qui: Qui = "equipe"
    lecture: Lecture = ""
    motif_requis: bool = False
    recits: bool = False  # also from an account, which has no life here
    bouton: Bouton | None = None


TRANSITIONS: dict[str, Transition] = {
    "demander_accords": Transition(
        de=("preparation",),
        vers=None,
        libelle="Accords demandés",
        demande="everything the start asks for but the accords; an hour since the same people were asked",
    ),
    "demarrer": Transition(
        de=("preparation",),
        vers="en_cours",
        libelle="Test démarré",
        demande="hypothesis, way back, date (12 months at most), sign that it is provisional, critères, "
        "plan to hear users, and the accord of every party on today's text",
        bouton=Bouton("Vérifier et démarrer", "etape", plus=("verification",), rang="second"),
    ),
    "renoncer": Transition(
        de=("preparation",),
        vers="abandonne",
        libelle="Abandonné avant de démarrer",
        demande="a reason",
        motif_requis=True,
        bouton=Bouton("Renoncer", "renoncer"),
    ),
    "demander_prolongation": Transition(
        de=("en_cours",),
        vers=None,
        libelle="Prolongation demandée",
        demande="a reason, a later date within half of the first duration, no extension before",
        motif_requis=True,
        bouton=Bouton("Prolonger", "prolongation", rang="second"),
    ),
    "prolonger": Transition(
        de=("en_cours",),
        vers="en_cours",
        libelle="Test prolongé",
        demande="an asked extension, and every party's accord on it",
        motif_requis=True,
    ),
    "arreter": Transition(
        de=("en_cours",),
        vers="a_evaluer",
        libelle="Arrêté avant sa date",
        demande="a reason",
        motif_requis=True,
        bouton=Bouton("Arrêter avant la date", "arreter"),
    ),
    "perimer": Transition(
        de=("en_cours",),
        vers="a_evaluer",
        libelle="Arrivé à sa date de péremption",
        demande="nothing: the date is past",
        qui="date",
    ),
    "soumettre": Transition(
        de=("a_evaluer",),
        vers=None,
        libelle="Évaluation soumise à une seconde lecture",
        demande="a complete évaluation: answer, observed values, surprise, conditions, what the team does "
        "alone, a voice or why none, a lesson, suites with what each asks for",
        lecture="a_soumettre",
    ),
    "reprendre": Transition(
        de=("a_evaluer",),
        vers=None,
        libelle="Évaluation modifiée : sa soumission ne vaut plus",
        demande="a submitted évaluation; it happens by itself when the draft, a voice or a lesson changes",
        lecture="soumise",
    ),
    "rendre": Transition(
        de=("a_evaluer",),
        vers=None,
        libelle="Évaluation rendue après lecture",
        demande="a remark, from somebody else than who submitted it",
        qui="lecture",
        lecture="soumise",
        motif_requis=True,
    ),
    "evaluer": Transition(
        de=("a_evaluer",),
        vers="evalue",
        libelle="Évaluation publiée",
        demande="a submitted and still complete évaluation, published by somebody else than who submitted it",
        qui="lecture",
        lecture="soumise",
        bouton=Bouton("Lire l'évaluation avant sa publication", "evaluation", rang="premier"),
    ),
    "placer": Transition(
        de=("preparation", "en_cours", "a_evaluer"),
        vers=None,
        libelle="Placé dans la matrice",
        demande="both degrees of the matrice de l'initiative, or none; it leaves no line of history",
    ),
    "iterer": Transition(
        de=("en_cours", "a_evaluer", "evalue", "abandonne"),
        vers=None,
        libelle="Test suivant préparé",
        demande="nothing; the new test begins in preparation, and names what it changes",
        recits=True,
        bouton=Bouton(
            "Préparer un nouveau test à partir de celui-ci", "iterer", agit=True, rang="second"
        ),
    ),
    "dire_perennite": Transition(
        de=("evalue",),
        vers=None,
        libelle="Ce qu'est devenu ce qui devait durer",
        demande="suites « pérenniser », and an answer: it still stands, or not",
        bouton=Bouton("Dire si cela tient toujours", "perennite", rang="second"),
    ),
}

# What the team writes in each state: a draft changes no state, and leaves no line of history.
ECRITURES: tuple[tuple[tuple[Etat, ...], Bouton], ...] = (
    (
        ("preparation",),
        Bouton("Continuer la préparation", "etape", plus=("essentiel",), rang="premier"),
    ),
    (("en_cours",), Bouton("Noter ce qu'on observe", "evaluation", rang="premier")),
    (("a_evaluer",), Bouton("Évaluer", "evaluation", rang="premier")),
    (("a_evaluer", "evalue"), Bouton("Relier aux controverses", "appuis", rang="lien")),
)


def possibles(test: "Test") -> Iterator[tuple[str, Transition]]:
    """The transitions the test's shown state allows, whoever asks. No query when its évaluation is there."""
    etat, lecture = test.etat_au(), lecture_de(test)
    for action, transition in TRANSITIONS.items():
        if test.est_recit and not transition.recits:
            continue
        if not test.est_recit and etat not in transition.de:
            continue
        if transition.lecture in {"", lecture}:
            yield action, transition


def lecture_de(test: "Test") -> Lecture:
    """Where the évaluation stands between who writes it and who reads it."""
    evaluation = getattr(test, "evaluation", None)
    return "soumise" if evaluation is not None and evaluation.est_soumise else "a_soumettre"
