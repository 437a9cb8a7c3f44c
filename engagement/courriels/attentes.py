"""The mails about the waiting list of a need: a rank, a place held 48 hours, the next one's turn."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from engagement.courriels.relations import a_la_cellule, a_un_cote, mise_du_message, quand
from engagement.lettre import instant_en_mots
from engagement.liens import jeton_d_attente
from rappels.redaction import en_bref, lien
from rappels.registre import Courriel, redige

if TYPE_CHECKING:
    from engagement.models import Attente, MiseEnRelation
    from rappels.models import Message

GABARITS = "engagement/courriels"


def _en_file(message: "Message", etat: str) -> "tuple[MiseEnRelation, Attente] | None":
    """The mise en relation and its place in the list, when it still stands there in that state."""
    mise = mise_du_message(message)
    attente = getattr(mise, "attente", None) if mise is not None else None
    if mise is None or attente is None or attente.etat != etat or mise.etat != "rencontree":
        return None
    return mise, attente


def _lien(attente: "Attente") -> str:
    return lien(reverse("engagement:attente", args=[jeton_d_attente(attente)]))


def _gabarit(message: "Message") -> str:
    return f"{GABARITS}/{message.genre}"


@redige("mise_en_attente", libelle="Mise en liste d'attente", indispensable=True)
def mise_en_attente(message: "Message") -> Courriel | None:
    """No place was left: their rank, and what comes next."""
    trouves = _en_file(message, "attend")
    if trouves is None:
        return None
    mise, attente = trouves
    objet = f"En liste d'attente : {en_bref(mise.besoin.titre)}"
    return a_un_cote(
        message,
        mise,
        objet,
        gabarit=_gabarit(message),
        position=attente.position,
        lien=_lien(attente),
    )


@redige("place_gardee", libelle="Place gardée 48 heures", indispensable=True)
def place_gardee(message: "Message") -> Courriel | None:
    """A place is held for them; until when."""
    trouves = _en_file(message, "tenue")
    if trouves is None:
        return None
    mise, attente = trouves
    if attente.tenue_jusqua is None or attente.tenue_jusqua <= timezone.now():
        return None
    return a_un_cote(
        message,
        mise,
        f"Une place vous est gardée : {en_bref(mise.besoin.titre)}",
        gabarit=_gabarit(message),
        jusqu_au=instant_en_mots(attente.tenue_jusqua),
        quand=quand(mise),
        lien=_lien(attente),
    )


@redige("place_gardee_a_dire", libelle="Place gardée, à dire par téléphone")
def place_gardee_a_dire(message: "Message") -> Courriel | None:
    """Whoever follows it calls somebody who cannot be written to."""
    trouves = _en_file(message, "tenue")
    if trouves is None or trouves[1].tenue_jusqua is None:
        return None
    mise, attente = trouves
    return a_la_cellule(
        message,
        mise,
        f"Une place à proposer par téléphone : {en_bref(mise.besoin.titre, 30)}",
        gabarit=_gabarit(message),
        jusqu_au=instant_en_mots(attente.tenue_jusqua),
    )


@redige("place_passee", libelle="Place proposée à la personne suivante")
def place_passee(message: "Message") -> Courriel | None:
    """The hold ran out, without reproach."""
    trouves = _en_file(message, "passee")
    if trouves is None:
        return None
    mise, attente = trouves
    objet = f"La place est passée à la personne suivante : {en_bref(mise.besoin.titre, 30)}"
    return a_un_cote(message, mise, objet, gabarit=_gabarit(message), lien=_lien(attente))
