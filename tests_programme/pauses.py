"""How often one address may be asked for the same test: a mailbox must not be flooded through us."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from config.jours import PARIS
from rappels.models import Message
from tests_programme.manques import Manque

if TYPE_CHECKING:
    from tests_programme.models import Test

GENRE = "accord_demande"
# Between two askings for the same accord.
PAUSE = dt.timedelta(hours=1)
# Askings to one address about one test, whatever they ask for.
PAR_JOUR = 10
JOUR = dt.timedelta(days=1)


def trace(test: "Test", objet: str, at: dt.datetime) -> dict[str, Any]:
    """What a message must hold for ``manques_pour_ecrire`` to count it."""
    return {"test": test.pk, "objet": objet, "demande_le": at.isoformat()}


def manques_pour_ecrire(
    test: "Test", objet: str, adresses: Collection[str], at: dt.datetime
) -> list[Manque]:
    """Why these addresses cannot be asked yet, with the hour from which they can.

    Counted in the outbox, which keeps what was asked of somebody taken off the list since. One query,
    through the whole outbox.
    """
    demandes = Message.objects.filter(
        genre=GENRE, destinataire__in=adresses, donnees__test=test.pk
    ).values_list("destinataire", "donnees")
    instants = defaultdict(list)
    reprises = []
    for adresse, donnees in demandes:
        instant = dt.datetime.fromisoformat(donnees["demande_le"])
        instants[adresse].append(instant)
        if donnees["objet"] == objet:
            reprises.append(instant + PAUSE)
    combles = [
        sorted(dates)[-PAR_JOUR] + JOUR for dates in instants.values() if len(dates) >= PAR_JOUR
    ]
    if combles and (reprise := max(combles)) > at:
        return [
            Manque(
                f"Une même personne reçoit au plus {PAR_JOUR} demandes par jour pour un test. "
                f"Vous pourrez redemander {_en_mots(reprise)}."
            )
        ]
    if reprises and (reprise := max(reprises)) > at:
        return [
            Manque(
                "Une demande est partie il y a moins d'une heure : laissez le temps de la lire. "
                f"Vous pourrez redemander {_en_mots(reprise)}."
            )
        ]
    return []


def _en_mots(instant: dt.datetime) -> str:
    """The first whole minute from which it is allowed: never said too early."""
    minute = instant.astimezone(PARIS) + dt.timedelta(seconds=59)
    return f"à partir de {minute:%H h %M} le {minute:%d/%m}"
