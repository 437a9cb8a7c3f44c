"""What this room forgets: a year after a test has ended, nobody's name or address is left with it."""

import datetime as dt

from dateutil.relativedelta import relativedelta
from django.db.models import Max
from django.utils import timezone

from tests_programme.models import Accord, PartiePrenante, Test

CONSERVATION = relativedelta(months=12)
TERMINES = ["a_evaluer", "evalue", "abandonne"]


def effacer_les_parties(at: dt.datetime | None = None) -> int:
    """Erase names, addresses and reasons of the parties of tests over for 12 months; return how many parties.

    A test's last line of history says since when it is over. The functions and the answers stay: they are
    what the test's page shows.
    """
    limite = (at or timezone.now()) - CONSERVATION
    anciens = (
        Test.objects.filter(etat__in=TERMINES)
        .annotate(derniere_ligne=Max("journal__le"))
        .filter(derniere_ligne__lt=limite)
        .order_by()
        .values("pk")
    )
    Accord.objects.filter(partie__test__in=anciens).exclude(motif="").update(motif="")
    parties = PartiePrenante.objects.filter(test__in=anciens).exclude(nom="", email="")
    return parties.update(nom="", email="")
