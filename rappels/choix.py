"""What an address chose to receive, and what a change does to what already waits."""

import datetime as dt
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from rappels.calendrier import prochaine_ouverture
from rappels.jetons import SEL
from rappels.models import Message, Preference

RECAPITULATIF = "recapitulatif"
Rythme = Preference.Rythme


def rythme_de(adresse: str) -> str:
    """What the address chose; at once when it never said. One query."""
    choix = Preference.objects.filter(adresse=adresse.lower()).first()
    return choix.rythme if choix else Rythme.IMMEDIAT


@transaction.atomic
def choisir(adresse: str, rythme: str) -> None:
    """Record a choice. What already waits in a digest follows it: nothing is lost, nothing is doubled.

    Raises ValueError on a rhythm that does not exist.
    """
    if rythme not in Rythme.values:
        raise ValueError(f"Unknown rhythm {rythme!r}.")
    adresse = adresse.lower()
    Preference.objects.update_or_create(adresse=adresse, defaults={"rythme": rythme})
    at = timezone.now()
    departs: dict[str, dt.datetime] = {
        Rythme.IMMEDIAT: at,
        Rythme.QUOTIDIEN: prochaine_ouverture(at),
    }
    if rythme not in departs:
        return  # a daily digest already begun leaves in the morning; with "none" it dies when it is due
    # Locked by a worker, it is leaving anyway: nobody waits for anybody here.
    attendus = Message.objects.filter(
        genre=RECAPITULATIF, sujet=sujet_de(adresse), etat="prevu", prevu_le__gt=departs[rythme]
    )
    pks = [m.pk for m in attendus.select_for_update(skip_locked=True)]
    Message.objects.filter(pk__in=pks).update(prevu_le=departs[rythme])


@transaction.atomic
def demenager(ancienne: str, nouvelle: str) -> None:
    """A person changes address: their choice follows, unless the new address has its own."""
    ancienne, nouvelle = ancienne.lower(), nouvelle.lower()
    choix = Preference.objects.filter(adresse=ancienne).first()
    if choix and ancienne != nouvelle:
        Preference.objects.get_or_create(adresse=nouvelle, defaults={"rythme": choix.rythme})
        choix.delete()


def oublier_les_choix(*, sauf: QuerySet[Any]) -> int:
    """Erase the choices of addresses that stand in no message and are none of ``sauf``; return how many."""
    ecrits = Message.objects.filter(destinataire__iexact=OuterRef("adresse"))
    oublies = Preference.objects.exclude(adresse__in=sauf).exclude(Exists(ecrits))
    return oublies.delete()[0]


def sujet_de(adresse: str) -> str:
    """The subject of an address's digests: short whatever the address, and the same each time."""
    return f"{RECAPITULATIF}:{signing.Signer(salt=SEL).signature(adresse.lower())}"
