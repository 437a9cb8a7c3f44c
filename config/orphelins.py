"""Files on the disk that nothing names any more: a form nobody sent again, a row deleted by a cascade."""

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone

# A file kept between two sendings of a form is no orphan: its token works for less than this.
DELAI = dt.timedelta(hours=24)


def effacer_les_orphelins(
    dossiers: Mapping[str, type[models.Model]], at: dt.datetime | None = None
) -> int:
    """Delete the files older than a day that no row names (its field is ``fichier``); return how many.

    ``dossiers``: the model of each folder. One query a month of files.
    """
    limite = (at or timezone.now()) - DELAI
    nombre = 0
    for racine, modele in dossiers.items():
        for dossier, noms in _dossiers(racine):
            lignes = modele._default_manager.filter(fichier__startswith=f"{dossier}/")
            nommes = set(lignes.values_list("fichier", flat=True))
            for chemin in (f"{dossier}/{nom}" for nom in noms):
                if chemin not in nommes and default_storage.get_modified_time(chemin) < limite:
                    default_storage.delete(chemin)
                    nombre += 1
    return nombre


def _dossiers(racine: str) -> Iterator[tuple[str, list[str]]]:
    """Every folder under that one that holds files, with their names."""
    try:
        sous_dossiers, noms = default_storage.listdir(racine)
    except FileNotFoundError:
        return
    if noms:
        yield racine, noms
    for sous_dossier in sous_dossiers:
        yield from _dossiers(str(PurePosixPath(racine) / sous_dossier))
