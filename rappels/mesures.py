"""The outbox in figures: for /metrics, /sante/ and the alert."""

import dataclasses
import datetime as dt

from django.db.models import Case, Count, F, Min, Q, When
from django.utils import timezone

from rappels.models import Battement, Message


@dataclasses.dataclass(frozen=True)
class Mesures:
    """One look at the queue. Ages are in seconds; 0 when nothing is late."""

    par_etat: dict[str, int]
    dus: int  # should have left by now, and have not
    plus_ancien: float
    envoyes_1_min: int
    envoyes_5_min: int
    battement: dt.datetime | None


# Since when a message is late: its promised instant, but one put off on purpose (to the morning) and never
# tried is late from that morning only.
ATTENDU_LE = Case(When(tentatives=0, then=F("a_partir_de")), default=F("prevu_le"))


def mesurer(at: dt.datetime | None = None) -> Mesures:
    """Three queries; the first reads the whole table once."""
    at = at or timezone.now()
    comptes = dict(Message.objects.values_list("etat").annotate(n=Count("pk")).order_by())
    envoyes = Q(etat=Message.Etat.ENVOYE)
    chiffres = (
        Message.objects.annotate(attendu_le=ATTENDU_LE)
        .filter(
            Q(etat__in=[Message.Etat.PREVU, Message.Etat.EN_ENVOI], attendu_le__lte=at)
            | Q(envoye_le__gt=at - dt.timedelta(minutes=5))
        )
        .aggregate(
            dus=Count("pk", filter=~envoyes),
            plus_ancien=Min("attendu_le", filter=~envoyes),
            une=Count("pk", filter=envoyes & Q(envoye_le__gt=at - dt.timedelta(minutes=1))),
            cinq=Count("pk", filter=envoyes),
        )
    )
    ancien = chiffres["plus_ancien"]
    battement = Battement.objects.filter(nom="sonner").first()
    return Mesures(
        par_etat={str(etat): comptes.get(etat, 0) for etat in Message.Etat.values},
        dus=chiffres["dus"],
        plus_ancien=(at - ancien).total_seconds() if ancien else 0.0,
        envoyes_1_min=chiffres["une"],
        envoyes_5_min=chiffres["cinq"],
        battement=battement.le if battement else None,
    )


def en_texte(mesures: Mesures) -> str:
    """The text format of Prometheus, version 0.0.4."""
    lignes: list[str] = []

    def ecrire(nom: str, aide: str, valeurs: dict[str, float]) -> None:
        lignes.extend([f"# HELP rappels_{nom} {aide}", f"# TYPE rappels_{nom} gauge"])
        lignes.extend(f"rappels_{nom}{marque} {valeur:.15g}" for marque, valeur in valeurs.items())

    ecrire(
        "messages",
        "Messages by state.",
        {f'{{etat="{etat}"}}': nombre for etat, nombre in mesures.par_etat.items()},
    )
    ecrire("dus", "Messages that should have left by now.", {"": mesures.dus})
    ecrire(
        "plus_ancien_secondes",
        "How late the oldest of them is.",
        {"": mesures.plus_ancien},
    )
    ecrire(
        "envoyes",
        "Messages sent in the last minutes.",
        {'{minutes="1"}': mesures.envoyes_1_min, '{minutes="5"}': mesures.envoyes_5_min},
    )
    ecrire(
        "echecs", "Messages that failed and wait for somebody.", {"": mesures.par_etat["echoue"]}
    )
    # Never heard: 0, which every alert on its age finds too old.
    entendu = mesures.battement.timestamp() if mesures.battement else 0
    ecrire("battement_timestamp_secondes", "When the bell was last heard.", {"": entendu})
    return "\n".join(lignes) + "\n"
