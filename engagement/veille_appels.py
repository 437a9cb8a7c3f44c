"""What happens to lists of calls by the date alone: sheets go back, the end is told, then everything is erased."""

import datetime as dt
import logging

from django.db import transaction

from config.jours import jour_de
from engagement import annonces_appels
from engagement.models import Besoin, ListeAppels

journal = logging.getLogger(__name__)
# Somebody who has not opened the link in that time will not (engagement/confirmation_besoin.py).
DELAI_DE_CONFIRMATION = dt.timedelta(days=8)
LOT = 500


def tenir_les_listes(at: dt.datetime | None = None) -> int:
    """Erase those whose day has come; of the others, take back forgotten sheets and say when the end is near.

    Return how many were erased. Harmless when run twice.
    """
    jour, effacees = jour_de(at), 0
    vivantes = ListeAppels.objects.filter(effacee_le=None).select_related("dispositif")
    for liste in vivantes.order_by("pk"):
        try:
            with transaction.atomic():
                if liste.effacer_le <= jour:
                    effacees += liste.effacer(at=at)
                    continue
                liste.reprendre_les_oubliees(at)
                if liste.effacer_le - jour <= dt.timedelta(days=annonces_appels.JOURS_AVANT + 1):
                    annonces_appels.effacement_proche(liste)
        except Exception:
            journal.exception("list of calls %s: skipped", liste.pk)
    return effacees


def oublier_les_besoins_non_confirmes(at: dt.datetime) -> int:
    """Needs whose address nobody confirmed: nothing of them stays; return how many."""
    vieux = Besoin.objects.filter(etat="a_confirmer", cree_le__lt=at - DELAI_DE_CONFIRMATION)
    pks = list(vieux.values_list("pk", flat=True)[:LOT])
    Besoin.objects.filter(pk__in=pks, etat="a_confirmer").delete()
    return len(pks)
