"""What the outbox forgets: twelve months after it left, a message no longer says to whom."""

import datetime as dt

from dateutil.relativedelta import relativedelta
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from rappels.models import Message

CONSERVATION = relativedelta(months=12)


def effacer_les_adresses(at: dt.datetime | None = None) -> int:
    """Erase the addresses, keys (they hold the address) and texts of old messages; return how many.

    Cancelled and failed ones count from the day they should have left.
    """
    anciens = Message.objects.partis_avant((at or timezone.now()) - CONSERVATION)
    cle = Concat(Value("efface:"), Cast(F("pk"), CharField()))
    return anciens.update(destinataire="", donnees={}, derniere_erreur="", cle=cle)
