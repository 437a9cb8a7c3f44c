"""Which askings could not reach their address, as the outbox knows it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rappels.models import Message
from tests_programme.pauses import GENRE
from tests_programme.relances import RELANCES

if TYPE_CHECKING:
    from tests_programme.models import Accord

SANS_DETAIL = "Le serveur de messagerie n'a pas dit pourquoi."


def echecs_des_demandes(accords: Iterable["Accord"]) -> dict[int, str]:
    """For each accord (by pk) whose last message failed, the server's words. One query."""
    attendus = [f"accord:{accord.pk}" for accord in accords if accord.attend_une_reponse]
    if not attendus:
        return {}
    messages = (
        Message.objects.filter(sujet__in=attendus, genre__in=[GENRE, *RELANCES])
        .exclude(etat=Message.Etat.ANNULE)
        .exclude(genre__in=RELANCES, etat=Message.Etat.PREVU)  # not tried yet: it proves nothing
        .order_by("cree_le", "pk")
    )
    derniers = {message.numero: message for message in messages}
    return {
        pk: _bref(message.derniere_erreur)
        for pk, message in derniers.items()
        if message.etat == Message.Etat.ECHOUE
    }


def _bref(erreur: str) -> str:
    return " ".join(erreur.split())[:200] or SANS_DETAIL
