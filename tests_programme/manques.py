"""What a test still lacks, in words: the five rules (TOPOGUIDE, fiche outil, March 2022) as a list."""

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from config.jours import jour_de
from tests_programme.hypothese import pieces_manquantes

if TYPE_CHECKING:
    from tests_programme.models import Evaluation, Test

DUREE_MAXIMALE = relativedelta(months=12)


@dataclasses.dataclass(frozen=True)
class Manque:
    """One missing thing: the sentence shown, the step of the form where it is filled, the rule it is of.

    ``regle``: 1 to 5, of the fiche outil; 0 for what is asked after the start.
    """

    message: str
    etape: str = ""
    regle: int = 0


class TransitionRefusee(Exception):
    """A transition that may not happen yet; ``manques`` names every obstacle at once."""

    def __init__(self, action: str, manques: list[Manque]) -> None:
        super().__init__(" ".join(m.message for m in manques))
        self.action = action
        self.manques = manques


def manques_pour_demarrer(test: "Test", at: dt.datetime | None = None) -> list[Manque]:
    """What the test's own texts lack before the start (the accords are asked apart).

    Two queries, none when critères and parties are there; one more for a test that follows another.
    """
    textes = [
        (test.hypothese, "Écrivez l'hypothèse que vous vérifiez.", "hypothese", 1),
        (test.retour_arriere, "Dites comment on revient en arrière.", "limites", 2),
        (test.signe_provisoire, "Dites à quoi on verra que c'est provisoire.", "limites", 5),
        (test.ecoute_qui, "Dites qui vous écouterez.", "observation", 4),
        (
            test.ecoute_prevue,
            "Prévoyez comment vous entendrez les usager·ères.",
            "observation",
            4,
        ),
        (test.ecoute_quand, "Dites quand vous les écouterez.", "observation", 4),
    ]
    manques = [
        Manque(message, etape, regle)
        for texte, message, etape, regle in textes
        if not texte.strip()
    ]
    if test.hypothese.strip():
        manques += [
            Manque(message, "hypothese", 1) for message in pieces_manquantes(test.cadre_hypothese)
        ]
    if not test.changement.strip() and test.suit_un_des_siens:
        manques.append(
            Manque("Nommez la chose qui change par rapport au test précédent.", "essentiel", 1)
        )
    manques += manques_de_la_date(test.date_peremption, at)
    if not test.criteres.all():
        manques.append(Manque("Choisissez au moins un critère à observer.", "observation", 4))
    return manques + _manques_des_parties(test)


def _manques_des_parties(test: "Test") -> list[Manque]:
    parties = [partie.email for partie in test.parties.all()]
    if not parties:
        return [Manque("Nommez les personnes que le test touche.", "parties", 5)]
    if "" in parties:  # erased: the draft had been left for a year
        return [
            Manque("Redonnez l'adresse e-mail de chaque personne que le test touche.", "parties", 5)
        ]
    return []


def manques_de_la_date(date: dt.date | None, at: dt.datetime | None = None) -> list[Manque]:
    """What is wrong with a date de péremption for a test that would start at ``at``."""
    jour = jour_de(at)
    if date is None:
        return [Manque("Fixez la date de péremption.", "limites", 3)]
    if date <= jour:
        return [
            Manque(
                "La date de péremption est passée ou c'est aujourd'hui : choisissez-en une à venir.",
                "limites",
                3,
            )
        ]
    if date > jour + DUREE_MAXIMALE:
        return [
            Manque(
                "Un test dure au plus douze mois : rapprochez la date de péremption.", "limites", 3
            )
        ]
    return []


def manques_pour_prolonger(
    test: "Test", nouvelle_date: dt.date, motif: str, at: dt.datetime | None = None
) -> list[Manque]:
    """DESIGN, "Life of a test": one extension, a reason, at most half of the first duration."""
    manques = []
    if test.prolongations.filter(effective_le__isnull=False).exists():
        return [
            Manque("Ce test a déjà été prolongé une fois. Pour continuer, faites-en un nouveau.")
        ]
    if not motif.strip():
        manques.append(Manque("Dites pourquoi vous prolongez.", "motif"))
    if test.date_peremption is None or test.demarre_le is None:
        return [*manques, Manque("Ce test n'a pas démarré.")]
    limite = limite_de_prolongation(test.date_peremption, test.demarre_le)
    if nouvelle_date <= test.date_peremption:
        manques.append(Manque("La nouvelle date doit venir après l'ancienne.", "nouvelle_date"))
    elif nouvelle_date > limite:
        manques.append(
            Manque(
                f"Au plus la moitié de la première durée : jusqu'au {limite:%d/%m/%Y}.",
                "nouvelle_date",
            )
        )
    return manques


def limite_de_prolongation(date_peremption: dt.date, demarre_le: dt.datetime) -> dt.date:
    """The last day an extension may reach: half of the first duration more, in whole days."""
    return date_peremption + (date_peremption - jour_de(demarre_le)) // 2


def manques_pour_evaluer(test: "Test") -> list[Manque]:
    """DESIGN, "Life of a test": what an évaluation must say."""
    evaluation = getattr(test, "evaluation", None)
    if evaluation is None:
        return [Manque("L'évaluation n'est pas commencée.", "reponse")]
    textes = [
        (evaluation.verdict, "Donnez la réponse à l'hypothèse.", "verdict"),
        (evaluation.reponse, "Expliquez cette réponse en quelques phrases.", "reponse"),
        (
            evaluation.inattendu,
            "Dites ce que personne n'attendait (ou que rien n'a surpris).",
            "inattendu",
        ),
        (
            evaluation.conditions,
            "Dites sans quoi cela n'aurait pas marché, la météo comprise.",
            "conditions",
        ),
        (evaluation.autonomie, "Dites ce que l'équipe fera sans vous.", "autonomie"),
        (evaluation.suites, "Choisissez les suites.", "suites"),
    ]
    manques = [Manque(message, champ) for texte, message, champ in textes if not texte.strip()]
    if test.criteres.filter(valeur_observee="").exists():
        manques.append(Manque("Dites ce que vous avez observé pour chaque critère.", "criteres"))
    if not evaluation.sans_voix.strip() and not test.voix.filter(consentement=True).exists():
        manques.append(
            Manque(
                "Faites entendre au moins une voix d'usager·ère, ou dites pourquoi il n'y en a pas.",
                "voix",
            )
        )
    if not test.enseignements.exists():
        manques.append(Manque("Notez au moins un enseignement pour les autres.", "enseignements"))
    return manques + manques_des_suites(evaluation)


def manques_des_suites(evaluation: "Evaluation") -> list[Manque]:
    """What the chosen suites ask for: what is undone, the one thing that changes, or who bears it."""
    if evaluation.suites == "abandonner" and not evaluation.suites_defait.strip():
        return [Manque("Pour s'arrêter là, dites ce que vous défaites.", "suites_defait")]
    if evaluation.suites == "iterer" and not evaluation.suites_changement.strip():
        return [Manque("Pour itérer, nommez la seule chose qui changera.", "suites_changement")]
    if evaluation.suites != "perenniser":
        return []
    demandes = [
        (evaluation.suites_porteur.strip(), "qui porte la suite", "suites_porteur"),
        (evaluation.suites_cadre.strip(), "dans quel cadre", "suites_cadre"),
        (evaluation.suites_date, "à partir de quand", "suites_date"),
    ]
    return [
        Manque(f"Pour pérenniser, dites {quoi}.", champ) for dit, quoi, champ in demandes if not dit
    ]
