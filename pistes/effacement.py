"""What this room forgets: entries of the annuaire without an answer, and the traces of old refusals."""

import datetime as dt

from django.db import transaction

from pistes.models import FicheActeur


def effacer_les_fiches(at: dt.datetime | None = None) -> int:
    """Erase what silence or time has ended; return how many. Harmless when run twice."""
    nombre = 0
    for fiches in (FicheActeur.objects.sans_reponse(at), FicheActeur.objects.refus_anciens(at)):
        for pk in list(fiches.order_by().values_list("pk", flat=True)):
            nombre += _oublier(pk, at)
    return nombre


@transaction.atomic
def _oublier(pk: int, at: dt.datetime | None) -> int:
    """Look again under the lock: the owner may be answering this very minute."""
    fiche = FicheActeur.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if fiche is None:
        return 0
    siennes = FicheActeur.objects.filter(pk=pk)
    if not (siennes.sans_reponse(at).exists() or siennes.refus_anciens(at).exists()):
        return 0
    fiche.oublier()
    return 1
