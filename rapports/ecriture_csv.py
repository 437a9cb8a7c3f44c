"""Rows as CSV for French spreadsheet programs: BOM, ``;``, dates dd/mm/yyyy."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from rapports.colonnes import Colonne, Ligne

BOM = "\ufeff"
# Rows written together: one small chunk on the wire for each, not one a row.
PAQUET = 200


def morceaux(colonnes: tuple[Colonne, ...], lignes: Iterable[Ligne]) -> Iterator[str]:
    """The file, piece by piece; the titles leave before the first row is read."""
    tampon = io.StringIO()
    ecrivain = csv.writer(tampon, delimiter=";")
    tampon.write(BOM)
    ecrivain.writerow([colonne.titre for colonne in colonnes])
    dates = [rang for rang, colonne in enumerate(colonnes) if colonne.genre == "date"]
    lignes = iter(lignes)
    while True:
        yield tampon.getvalue()
        tampon.seek(0)
        tampon.truncate()
        paquet = [list(ligne) for ligne in islice(lignes, PAQUET)]
        if not paquet:
            return
        for ligne in paquet:
            for rang in dates:
                ligne[rang] = date_francaise(ligne[rang])
        ecrivain.writerows(paquet)


@lru_cache(maxsize=4096)
def date_francaise(date: dt.date | None) -> str:
    """dd/mm/yyyy; the same days come back from row to row."""
    return "" if date is None else f"{date.day:02}/{date.month:02}/{date.year:04}"
