"""The mails of the meeting: fixed, moved, cancelled, each with what a calendar needs."""

import datetime as dt
from typing import TYPE_CHECKING

from engagement.agenda import rencontre_en_ics
from engagement.courriels.relations import a_un_cote, mise_du_message
from engagement.lettre import instant_en_mots
from engagement.presentation import L_AUTRE, presentation
from rappels.redaction import en_bref
from rappels.registre import Courriel, redige

if TYPE_CHECKING:
    from engagement.models import MiseEnRelation
    from rappels.models import Message

GABARITS = "engagement/courriels"


@redige("rencontre_fixee", libelle="Rencontre fixée ou déplacée", indispensable=True, discret=True)
def rencontre_fixee(message: "Message") -> Courriel | None:
    """The day, the hour, the place, with an entry for the calendar. A later change made it pointless."""
    mise = mise_du_message(message)
    if mise is None or mise.rencontre_le is None or mise.etat in ("declinee", "interrompue"):
        return None
    if dt.datetime.fromisoformat(message.donnees["le"]) != mise.rencontre_le:
        return None
    deplacee = not message.cle.endswith(":1")
    return _rencontre(message, mise, mise.rencontre_le, mise.rencontre_lieu, deplacee=deplacee)


@redige("rencontre_annulee", libelle="Rencontre annulée", indispensable=True, discret=True)
def rencontre_annulee(message: "Message") -> Courriel | None:
    """It leaves both calendars."""
    mise = mise_du_message(message)
    if mise is None or mise.rencontre_le is not None:
        return None
    le = dt.datetime.fromisoformat(message.donnees["le"])
    return _rencontre(message, mise, le, message.donnees["lieu"], annulee=True)


def _rencontre(
    message: "Message",
    mise: "MiseEnRelation",
    le: dt.datetime,
    lieu: str,
    *,
    annulee: bool = False,
    deplacee: bool = False,
) -> Courriel | None:
    cote = message.donnees["cote"]
    jour, heure = instant_en_mots(le).rsplit(", ", 1)
    dit = "Rencontre annulée" if annulee else "Rencontre déplacée" if deplacee else "Rencontre"
    return a_un_cote(
        message,
        mise,
        f"{dit} {jour} : {en_bref(mise.besoin.titre)}",
        gabarit=f"{GABARITS}/rencontre",
        pieces=(rencontre_en_ics(mise, cote, le=le, lieu=lieu, annulee=annulee),),
        annulee=annulee,
        deplacee=deplacee,
        jour=jour,
        heure=heure,
        lieu_rencontre=lieu,
        autre=presentation(mise, L_AUTRE[cote]),
    )
