"""How an export is written: streamed as it is read (CSV, JSON), or as a whole file (XLSX, ODS)."""

import dataclasses
import shutil
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

from rapports import ecriture_csv, ecriture_json, ecriture_ods, ecriture_xlsx
from rapports.colonnes import Ligne
from rapports.exports import Export

Ecrire = Callable[[Export, Iterator[Ligne], Mapping[str, Any]], Iterator[str]]
Composer = Callable[[Export, Iterator[Ligne]], IO[bytes]]


@dataclasses.dataclass(frozen=True)
class Format:
    """``aussitot``: up to how many rows it is given at once; above, it is prepared (seconds of a process)."""

    cle: str
    nom: str
    type_mime: str
    aussitot: int
    tableur: bool = True  # a spreadsheet program opens it: texts are neutralised
    morceaux: Ecrire | None = None
    fichier: Composer | None = None

    def ecrire(
        self, sortie: IO[bytes], export: Export, lignes: Iterator[Ligne], entete: Mapping[str, Any]
    ) -> None:
        """The whole file, into ``sortie``."""
        if self.morceaux is not None:
            for morceau in self.morceaux(export, lignes, entete):
                sortie.write(morceau.encode())
        elif self.fichier is not None:
            with self.fichier(export, lignes) as compose:
                shutil.copyfileobj(compose, sortie, 1024 * 1024)


FORMATS = {
    format.cle: format
    for format in (
        Format(
            "csv",
            "CSV",
            "text/csv; charset=utf-8",
            aussitot=100_000,
            morceaux=lambda export, lignes, _: ecriture_csv.morceaux(export.colonnes, lignes),
        ),
        Format(
            "xlsx",
            "XLSX",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            aussitot=20_000,
            fichier=lambda export, lignes: ecriture_xlsx.fichier(
                export.titre, export.colonnes, lignes
            ),
        ),
        Format(
            "ods",
            "ODS",
            ecriture_ods.TYPE_MIME,
            aussitot=20_000,
            fichier=lambda export, lignes: ecriture_ods.fichier(
                export.titre, export.colonnes, lignes
            ),
        ),
        Format(
            "json",
            "JSON",
            "application/json",
            aussitot=100_000,
            tableur=False,
            morceaux=lambda export, lignes, entete: ecriture_json.morceaux(
                export.colonnes, lignes, entete
            ),
        ),
    )
}
