"""Rows as XLSX: real dates and numbers, texts that are never formulas, constant memory."""

import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import IO, Any

import xlsxwriter

from rapports import dictionnaire
from rapports.colonnes import Colonne, Ligne

# Limits of the format (the first row holds the titles).
LIGNES_PAR_FEUILLE = 1_048_575
SIGNES_PAR_CELLULE = 32_767
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def fichier(
    titre: str,
    colonnes: tuple[Colonne, ...],
    lignes: Iterable[Ligne],
    *,
    par_feuille: int = LIGNES_PAR_FEUILLE,
) -> IO[bytes]:
    """A temporary file, open at its start, gone when closed. A full sheet opens the next one; the last is the
    dictionary of the columns."""
    sortie = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with tempfile.TemporaryDirectory() as dossier:
        classeur = xlsxwriter.Workbook(sortie, OPTIONS | {"tmpdir": dossier})
        formats = {
            "titre": classeur.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "date": classeur.add_format({"num_format": "dd/mm/yyyy"}),
        }
        for numero, feuillet in enumerate(_feuillets(iter(lignes), par_feuille), 1):
            nom = titre if numero == 1 else f"{titre} ({numero})"
            _ecrire(classeur.add_worksheet(nom), colonnes, feuillet, formats)
        _ecrire(classeur.add_worksheet(dictionnaire.FEUILLE), *dictionnaire.de(colonnes), formats)
        classeur.close()
    sortie.seek(0)
    return sortie


def _feuillets(lignes: Iterator[Ligne], par_feuille: int) -> Iterator[Iterable[Ligne]]:
    """The rows sheet by sheet; one empty sheet when there is none."""
    yield islice(lignes, par_feuille)
    for premiere in lignes:
        yield chain([premiere], islice(lignes, par_feuille - 1))


def _ecrire(
    feuille: Any,
    colonnes: tuple[Colonne, ...],
    lignes: Iterable[Ligne],
    formats: dict[str, Any],
) -> None:
    feuille.freeze_panes(1, 2)
    for rang, colonne in enumerate(colonnes):
        feuille.set_column(rang, rang, colonne.largeur)
        feuille.write_string(0, rang, colonne.titre, formats["titre"])
    for numero, ligne in enumerate(lignes, 1):
        for rang, valeur in enumerate(ligne):
            if isinstance(valeur, str):
                if valeur:
                    feuille.write_string(numero, rang, couper(valeur))
            elif isinstance(valeur, int):
                feuille.write_number(numero, rang, valeur)
            elif isinstance(valeur, dt.date):
                _ecrire_date(feuille, numero, rang, valeur, formats["date"])


def _ecrire_date(feuille: Any, numero: int, rang: int, date: dt.date, format_date: Any) -> None:
    """A real date; before 1900 the format knows none, so it stays in words."""
    if date.year < 1900:
        feuille.write_string(numero, rang, f"{date.day:02}/{date.month:02}/{date.year:04}")
    else:
        feuille.write_datetime(numero, rang, date, format_date)


def couper(texte: str) -> str:
    """The text cut to what a cell holds, with an ellipsis where it was cut.

    The format counts UTF-16 units: some signs weigh two.
    """
    if len(texte) <= SIGNES_PAR_CELLULE // 2:
        return texte
    unites = texte.encode("utf-16-le")
    if len(unites) <= 2 * SIGNES_PAR_CELLULE:
        return texte
    return unites[: 2 * (SIGNES_PAR_CELLULE - 1)].decode("utf-16-le", "ignore") + "…"
