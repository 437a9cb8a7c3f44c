"""Between "due" and "leaves now": what waits for the morning, for a digest, or is not wanted.

Every worker comes through here inside the transaction of its claim, so that no message is ever claimed
without its recipient's choice being asked. That is one query for fifty messages, and a second one when
somebody among them wants digests.
"""

import datetime as dt
import uuid
from collections.abc import Sequence

from config.jours import jour_de
from rappels import calendrier, registre
from rappels.choix import RECAPITULATIF, Rythme, sujet_de
from rappels.models import Message, Preference


def trier(messages: Sequence[Message], at: dt.datetime) -> list[Message]:
    """Those that leave now. The others, whose rows the caller has locked, are set aside."""
    partants = [message for message in messages if not _attendre_le_matin(message, at)]
    rythmes = _rythmes(partants)
    return [message for message in partants if not _suivre(message, rythmes, at)]


def _attendre_le_matin(message: Message, at: dt.datetime) -> bool:
    """Put a reminder off until the next working morning, unless it would then speak of what is over."""
    if not registre.attend_le_matin(message.genre):
        return False
    lieu = str(message.donnees.get("lieu", ""))
    if calendrier.est_heure_ouvree(at, lieu):
        return False
    matin = calendrier.prochaine_ouverture(at, lieu)
    limite = message.donnees.get("au_plus_tard")
    if limite and jour_de(matin) > dt.date.fromisoformat(limite):
        return False
    Message.objects.filter(pk=message.pk).update(reporte_au=matin)
    return True


def _rythmes(messages: Sequence[Message]) -> dict[str, str]:
    """What their recipients chose, for those who chose something. Locked: two workers may gather at once."""
    adresses = {m.destinataire.lower() for m in messages if registre.peut_se_refuser(m.genre)}
    if not adresses:
        return {}
    choix = Preference.objects.filter(adresse__in=adresses).exclude(rythme=Rythme.IMMEDIAT)
    return dict(choix.order_by("pk").select_for_update().values_list("adresse", "rythme"))


def _suivre(message: Message, rythmes: dict[str, str], at: dt.datetime) -> bool:
    """Do what the recipient chose with a message that can be refused; whether that keeps it from leaving."""
    rythme = rythmes.get(message.destinataire.lower())
    if rythme is None or not registre.peut_se_refuser(message.genre):
        return False
    if rythme == Rythme.AUCUN:
        _refuser(message)
    elif message.genre == RECAPITULATIF or message.premier_essai_le:
        # Tried already, the server may have it: repeated, it must be the same mail and not a digest.
        return False
    else:
        _rassembler(message, rythme, at)
    return True


def _refuser(message: Message) -> None:
    rassembles = Message.objects.filter(recapitulatif=message.pk, etat=Message.Etat.RASSEMBLE)
    for messages in (rassembles, Message.objects.filter(pk=message.pk)):
        messages.update(
            etat=Message.Etat.ANNULE,
            derniere_erreur="La personne ne veut recevoir que l'indispensable.",
        )


def _rassembler(message: Message, rythme: str, at: dt.datetime) -> None:
    """Give the message to the next digest of its recipient, which is planned if there is none."""
    adresse = message.destinataire.lower()
    lieu = str(message.donnees.get("lieu", ""))
    prochain = {
        Rythme.QUOTIDIEN: calendrier.prochaine_ouverture,
        Rythme.HEBDOMADAIRE: calendrier.prochain_lundi,
    }[Rythme(rythme)]
    depart = prochain(at, lieu)
    attendu = (
        Message.objects.filter(
            genre=RECAPITULATIF,
            sujet=sujet_de(adresse),
            etat=Message.Etat.PREVU,
            a_partir_de__gt=at,
            prevu_le__lte=depart,
            premier_essai_le=None,
        )
        .select_for_update(skip_locked=True)
        .order_by("prevu_le")
        .first()
    )
    if attendu is None:
        attendu = Message.objects.create(
            genre=RECAPITULATIF,
            sujet=sujet_de(adresse),
            destinataire=adresse,
            cle=f"{RECAPITULATIF}:{jour_de(depart)}:{uuid.uuid4()}",
            prevu_le=depart,
            donnees={"lieu": lieu},
        )
    Message.objects.filter(pk=message.pk).update(
        etat=Message.Etat.RASSEMBLE, recapitulatif=attendu, reporte_au=None, derniere_erreur=""
    )
