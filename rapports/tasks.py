"""Large exports, prepared apart from the pages. The database says what is to be done; Celery rings."""

import logging

from celery import shared_task

journal = logging.getLogger(__name__)


@shared_task(time_limit=3600)
def preparer(pk: int) -> bool:
    """Write one export; harmless when rung twice, or after its worker was killed."""
    from rapports import preparation

    return preparation.preparer(pk)


@shared_task
def reprendre() -> int:
    """Ring again for those nobody prepares, give up those that failed too often; return how many were rung."""
    from rapports.models import ESSAIS, ExportFait

    nombre = 0
    for fait in ExportFait.objects.a_reprendre().select_related("par"):
        if fait.essais >= ESSAIS:
            journal.error("export %s: given up after %s tries", fait.pk, fait.essais)
            fait.echouer()
        else:
            preparer.apply_async(args=[fait.pk], retry=False)
            nombre += 1
    return nombre


@shared_task
def effacer_les_fichiers() -> int:
    """Erase the prepared files after a week; return how many."""
    from rapports import preparation
    from rapports.models import ExportFait

    nombre = 0
    for fait in ExportFait.objects.a_effacer():
        preparation.oublier(fait)
        fait.expirer()
        ExportFait.objects.filter(pk=fait.pk).update(faites=0)
        nombre += 1
    return nombre


@shared_task(time_limit=3600)
def publier_les_donnees() -> int:
    """Write the open data again, every night; return how many rows."""
    from rapports import ouvertes

    return ouvertes.publier()
