"""What a test is at an instant, in SQL: the twins of ``etat_au``, ``etat_en_mots`` and ``fini_le`` of Test.

A test holds each to its twin.
"""

import datetime as dt

from django.db.models import Case, CharField, DateField, F, Q, Value, When
from django.db.models.functions import TruncDate

from config.jours import PARIS, jour_de
from tests_programme.models import Test
from tests_programme.models.temps import RECIT_EN_MOTS


def _perime(at: dt.datetime) -> Q:
    return Q(etat=Test.Etat.EN_COURS, date_peremption__lt=jour_de(at))


def etat_au(at: dt.datetime) -> Case:
    """The shown state."""
    return Case(When(_perime(at), then=Value(Test.Etat.A_EVALUER)), default=F("etat"))


def etat_en_mots(at: dt.datetime) -> Case:
    """The shown state in words; an account has its own."""
    recit = [
        When(~Q(source=""), etat=etat, then=Value(mots)) for etat, mots in RECIT_EN_MOTS.items()
    ]
    mots = [When(etat=etat, then=Value(str(etat.label))) for etat in Test.Etat]
    return Case(
        *recit,
        When(~Q(source=""), then=Value("")),
        When(_perime(at), then=Value(str(Test.Etat.A_EVALUER.label))),
        *mots,
        output_field=CharField(),
    )


def fini_le(at: dt.datetime) -> Case:
    """The last Paris day on which it ran; null while it is not over."""
    return Case(
        When(
            termine_le__isnull=False,
            then=TruncDate(F("termine_le") - dt.timedelta(seconds=1), tzinfo=PARIS),
        ),
        When(_perime(at), then=F("date_peremption")),
        default=None,
        output_field=DateField(),
    )
