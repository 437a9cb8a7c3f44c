"""A small table as CSV for French spreadsheet programs: BOM, ``;``, and no cell that would be run as a formula."""

import csv
import io
from collections.abc import Iterable

from django.http import HttpResponse

BOM = "\ufeff"
FORMULES = ("=", "+", "-", "@", "\t", "\r")


def ecrire(titres: Iterable[str], lignes: Iterable[Iterable[object]]) -> str:
    """The whole file, for some thousands of lines at most."""
    tampon = io.StringIO()
    tampon.write(BOM)
    ecrivain = csv.writer(tampon, delimiter=";")
    ecrivain.writerow(titres)
    ecrivain.writerows([_cellule(valeur) for valeur in ligne] for ligne in lignes)
    return tampon.getvalue()


def _cellule(valeur: object) -> object:
    """What people typed stays text."""
    if isinstance(valeur, str) and valeur.startswith(FORMULES):
        return f"'{valeur}"
    return valeur


def en_csv(nom: str, contenu: str) -> HttpResponse:
    """The file, to download."""
    return HttpResponse(
        contenu,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{nom}.csv"'},
    )
