"""The dates of a test that somebody must hear of, and their messages in the outbox."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils import timezone

from config.jours import instant_de
from rappels import boite
from rappels.calendrier import instant_d_envoi

if TYPE_CHECKING:
    from tests_programme.models import Test

AVANT = {"peremption_14": 14, "peremption_3": 3, "peremption_0": 0}
APRES = {"evaluation_1": 1, "evaluation_7": 7, "evaluation_21": 21}
GENRES = (*AVANT, *APRES, "evaluation_21_referent")


def minuit_apres(jour: dt.date | None) -> dt.datetime:
    """The instant a Paris day ends. Raises ValueError without a day."""
    if jour is None:
        raise ValueError("A day is needed.")
    return instant_de(jour + dt.timedelta(days=1))


def replanifier(test: "Test") -> None:
    """Make the outbox say what the test's state and date ask for today, and nothing else."""
    sujet = f"test:{test.pk}"
    boite.annuler(sujet=sujet, genres=GENRES)
    if test.etat == "en_cours" and test.date_peremption:
        for genre, jours in AVANT.items():
            # A reminder before the end is worthless after it: it moves earlier rather than later.
            jour = test.date_peremption - dt.timedelta(days=jours)
            _planifier(test, genre, jour, porteurs(test), au_plus_tard=test.date_peremption)
        _planifier_suites(test, test.date_peremption)
    elif test.etat == "a_evaluer" and test.termine_le:
        _planifier_suites(test, (test.termine_le - dt.timedelta(seconds=1)).date())


def _planifier_suites(test: "Test", dernier_jour: dt.date) -> None:
    for genre, jours in APRES.items():
        _planifier(test, genre, dernier_jour + dt.timedelta(days=jours), porteurs(test))
    jour = dernier_jour + dt.timedelta(days=APRES["evaluation_21"])
    _planifier(test, "evaluation_21_referent", jour, referents(test))


def _planifier(
    test: "Test",
    genre: str,
    jour: dt.date,
    adresses: Iterable[str],
    *,
    au_plus_tard: dt.date | None = None,
) -> None:
    instant = instant_d_envoi(jour, au_plus_tard=au_plus_tard)
    if instant < timezone.now() and au_plus_tard is not None:
        return  # "in 14 days" is not said of a test that starts with 5 days to live
    for adresse in adresses:
        boite.planifier(
            genre=genre,
            sujet=f"test:{test.pk}",
            destinataire=adresse,
            cle=f"{genre}:test:{test.pk}:{adresse}:{jour:%Y-%m-%d}",
            prevu_le=instant,
        )


def porteurs(test: "Test") -> list[str]:
    """The addresses of those who bear the test, each once: porteur·euses, and who created it."""
    adresses = {p.email.lower() for p in test.parties.all() if p.role == "porteur"}
    if test.cree_par and test.cree_par.is_active:
        adresses.add(test.cree_par.email.lower())
    return sorted(adresses)


def referents(test: "Test") -> list[str]:
    """The addresses of the organisation's référent·es."""
    adhesions = test.organisation.adhesions.referents().select_related("utilisateur")
    return sorted({a.utilisateur.email.lower() for a in adhesions})
