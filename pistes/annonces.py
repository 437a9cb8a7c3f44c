"""Which mails the curation plans, and for whom. The words are in ``courriels``; call inside the transaction."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from pistes.perms import curateurs
from rappels import boite

if TYPE_CHECKING:
    from pistes.models import Proposition
    from pistes.models.textes import Edition


def sujet_du_texte(edition: "Edition") -> str:
    """« texte_piste:12 »: what the mails about one text are planned and cancelled by."""
    return f"texte_{edition.SUJET}:{edition.pk}"


def annoncer_la_relecture(edition: "Edition") -> None:
    """Tell the other curateur·rices that a text waits for them."""
    for user in curateurs(sauf=edition.auteur_id):
        _planifier("texte_a_relire", sujet_du_texte(edition), user.email, timezone.now())


def annoncer_le_retour(edition: "Edition") -> None:
    """Tell the author that their text came back with a remark."""
    boite.annuler(sujet=sujet_du_texte(edition), genres=["texte_a_relire"])
    auteur = edition.auteur
    if auteur is not None and auteur.is_active:
        _planifier("texte_rendu", sujet_du_texte(edition), auteur.email, timezone.now())


def annoncer_le_depot(proposition: "Proposition") -> None:
    """Tell the curateur·rices that a proposal waits for an answer."""
    for user in curateurs(sauf=proposition.auteur_id):
        _planifier(
            "proposition_deposee",
            f"proposition:{proposition.pk}",
            user.email,
            proposition.deposee_le,
        )


def annoncer_la_reponse(proposition: "Proposition") -> None:
    """Tell the proposer how it ended; nobody is told any more that it waits."""
    sujet = f"proposition:{proposition.pk}"
    boite.annuler(sujet=sujet, genres=["proposition_deposee"])
    auteur = proposition.auteur
    if auteur is not None and auteur.is_active:
        _planifier("proposition_repondue", sujet, auteur.email, timezone.now())


def _planifier(genre: str, sujet: str, email: str, moment: dt.datetime) -> None:
    cle = f"{genre}:{sujet}:{email}:{moment:%Y%m%dT%H%M%S%f}"
    boite.planifier(genre=genre, sujet=sujet, destinataire=email, cle=cle)
