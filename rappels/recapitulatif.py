"""The digest: one mail for what a person would have received since the last one.

Each message is written now, by its own writer. What has lost its reason meanwhile falls out; when nothing
is left, nothing leaves.
"""

import dataclasses
import logging
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone

from rappels.choix import RECAPITULATIF
from rappels.echecs import dire_l_echec
from rappels.liaison import dit
from rappels.models import Message
from rappels.patience import apres_un_echec
from rappels.redaction import rediger
from rappels.registre import Courriel, PieceJointe, redacteur_de, redige

logger = logging.getLogger(__name__)


@redige(RECAPITULATIF, libelle="Récapitulatif", aux_heures_ouvrees=True)
def recapitulatif(message: Message) -> Courriel | None:
    """Everything the digest gathers, oldest first; None when nothing is left to say."""
    rassembles = message.rassembles.filter(etat=Message.Etat.RASSEMBLE)
    parties = [
        (rassemble, courriel)
        for rassemble in rassembles.order_by("prevu_le", "pk")
        if (courriel := _partie(rassemble)) is not None
    ]
    if not parties:
        return None
    nombre = len(parties)
    message.avec = tuple(rassemble.pk for rassemble, _ in parties)
    return rediger(
        message,
        objet=f"Récapitulatif : {nombre} rappels" if nombre > 1 else parties[0][1].objet,
        gabarit="rappels/courriels/recapitulatif",
        contexte={
            "parties": [
                (courriel.objet, courriel.texte, _sous_titres(courriel.html))
                for _, courriel in parties
            ],
        },
        pieces=_pieces([courriel for _, courriel in parties]),
    )


def _partie(message: Message) -> Courriel | None:
    """One message of the digest; None when it has no reason any more, or cannot be written today."""
    try:
        courriel = redacteur_de(message.genre)(message)
    except Exception as erreur:  # one that cannot be written must not hold up the others
        logger.exception("Message %s could not be written into its digest.", message.pk)
        _sortir(message, dit(erreur))
        return None
    if courriel is None:
        Message.objects.filter(pk=message.pk, etat=Message.Etat.RASSEMBLE).update(
            etat=Message.Etat.ANNULE, derniere_erreur="Devenu sans objet au moment de partir."
        )
    return courriel


def _sortir(message: Message, texte: str) -> None:
    """Take it out of this digest, as after any failure: it comes back in a later one."""
    at = timezone.now()
    message.tentatives += 1
    message.premier_essai_le = message.premier_essai_le or at
    etat, reporte_au = apres_un_echec(message, at)
    rassemble = Message.objects.filter(pk=message.pk, etat=Message.Etat.RASSEMBLE)
    with transaction.atomic():
        sorti = rassemble.update(
            etat=etat,
            reporte_au=reporte_au,
            tentatives=message.tentatives,
            premier_essai_le=message.premier_essai_le,
            derniere_erreur=texte,
            recapitulatif=None,
        )
        if sorti and etat == Message.Etat.ECHOUE:
            dire_l_echec(message, texte)


def _sous_titres(html: str) -> str:
    """The titles of a message go one level down, under the one the digest gives it."""
    return html.replace("<h2", "<h3").replace("</h2>", "</h3>")


def _pieces(courriels: list[Courriel]) -> tuple[PieceJointe, ...]:
    """All their files; those after the first of a name are numbered."""
    pieces: list[PieceJointe] = []
    for piece in (piece for courriel in courriels for piece in courriel.pieces):
        nom, memes = PurePath(piece.nom), sum(p.nom == piece.nom for p in pieces)
        deja = sum(
            PurePath(p.nom).stem.rpartition("-")[0] == nom.stem or p.nom == piece.nom
            for p in pieces
        )
        neuf = f"{nom.stem}-{deja + 1}{nom.suffix}" if memes or deja else piece.nom
        pieces.append(dataclasses.replace(piece, nom=neuf))
    return tuple(pieces)
