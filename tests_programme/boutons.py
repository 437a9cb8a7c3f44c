"""What the page of a test offers a reader: read from the table of transitions, never from a template."""

import dataclasses
from typing import TYPE_CHECKING

from django.urls import reverse

from tests_programme.seconde_lecture import est_de_sa_main
from tests_programme.transitions import ECRITURES, Bouton, lecture_de, possibles

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur
    from tests_programme.models import Test


@dataclasses.dataclass(frozen=True)
class Offre:
    """One button of the page: a link, or a form sent by POST when ``agit``."""

    libelle: str
    adresse: str
    agit: bool
    rang: str


def boutons(
    test: "Test",
    user: "Utilisateur | AnonymousUser",
    *,
    membre: bool,
    prolonge: bool = False,
) -> list[Offre]:
    """What this reader may do now, the most awaited first. No query when the évaluation is there."""
    offerts = _ecritures(test) if membre else []
    for action, transition in possibles(test):
        if transition.bouton is None or not _concerne(test, user, action, membre, prolonge):
            continue
        offerts.append(_tel_qu_offert(test, user, action, transition.bouton))
    rangs = ("premier", "second", "lien")
    return [
        Offre(
            bouton.libelle,
            reverse(f"tests_programme:{bouton.nom}", args=[test.pk, *bouton.plus]),
            bouton.agit,
            bouton.rang,
        )
        for bouton in sorted(offerts, key=lambda b: rangs.index(b.rang))
    ]


def _ecritures(test: "Test") -> list[Bouton]:
    if test.est_recit or lecture_de(test) == "soumise":
        return []
    etat = test.etat_au()
    return [bouton for etats, bouton in ECRITURES if etat in etats]


def _concerne(
    test: "Test", user: "Utilisateur | AnonymousUser", action: str, membre: bool, prolonge: bool
) -> bool:
    """Whether the button would do something for this person."""
    if action == "evaluer":
        return membre or bool(user.is_authenticated and user.est_curateur)
    if not membre or test.est_recit:
        return False
    if action == "dire_perennite":
        return bool(test.evaluation.suites == "perenniser")
    return not (action == "demander_prolongation" and prolonge)


def _tel_qu_offert(
    test: "Test", user: "Utilisateur | AnonymousUser", action: str, bouton: Bouton
) -> Bouton:
    """The same button in the words of the moment."""
    if action == "iterer" and test.etat == "evalue" and test.evaluation.suites == "iterer":
        return dataclasses.replace(bouton, libelle="Préparer le test suivant", rang="premier")
    if action == "evaluer" and est_de_sa_main(test, user):
        return dataclasses.replace(bouton, libelle="Voir l'évaluation soumise", rang="second")
    return bouton
