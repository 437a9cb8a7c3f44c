"""Rows as ODS (OpenDocument 1.3): a zip whose one large part is written row by row.

No library streams it (odfpy holds the whole document in memory).
"""

import datetime as dt
import io
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from rapports import dictionnaire
from rapports.colonnes import Colonne, Ligne, Valeur

TYPE_MIME = "application/vnd.oasis.opendocument.spreadsheet"
LIGNES_PAR_FEUILLE = 1_048_575
# What XML 1.0 cannot hold.
INTERDITS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
ESPACES = re.compile("^ | {2,}|\t")
NOMS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
)
MANIFESTE = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    'manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{TYPE_MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
DATE = (
    '<number:date-style style:name="N1"><number:day number:style="long"/><number:text>/</number:text>'
    '<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>'
    '</number:date-style><style:style style:name="jour" style:family="table-cell" '
    'style:data-style-name="N1"/>'
    '<style:style style:name="titre" style:family="table-cell"><style:text-properties '
    'fo:font-weight="bold"/></style:style>'
)


def fichier(
    titre: str,
    colonnes: tuple[Colonne, ...],
    lignes: Iterable[Ligne],
    *,
    par_feuille: int = LIGNES_PAR_FEUILLE,
) -> IO[bytes]:
    """A temporary file, open at its start, gone when closed. The last sheet is the dictionary."""
    sortie = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        # First and uncompressed: that is how the kind of file is known.
        archive.writestr("mimetype", TYPE_MIME, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", MANIFESTE)
        with archive.open("content.xml", "w", force_zip64=True) as brut:
            texte = io.TextIOWrapper(brut, "utf-8", newline="\n", write_through=False)
            for morceau in _contenu(titre, colonnes, iter(lignes), par_feuille):
                texte.write(morceau)
            texte.flush()
            texte.detach()
    sortie.seek(0)
    return sortie


def _contenu(
    titre: str, colonnes: tuple[Colonne, ...], lignes: Iterator[Ligne], par_feuille: int
) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NOMS} office:version="1.3">'
    yield f"<office:automatic-styles>{DATE}</office:automatic-styles><office:body><office:spreadsheet>"
    yield from _feuille(titre, colonnes, islice(lignes, par_feuille))
    numero = 2
    for premiere in lignes:
        suite = chain([premiere], islice(lignes, par_feuille - 1))
        yield from _feuille(f"{titre} ({numero})", colonnes, suite)
        numero += 1
    yield from _feuille(dictionnaire.FEUILLE, *dictionnaire.de(colonnes))
    yield "</office:spreadsheet></office:body></office:document-content>"


def _feuille(nom: str, colonnes: tuple[Colonne, ...], lignes: Iterable[Ligne]) -> Iterator[str]:
    yield f"<table:table table:name={quoteattr(nom)}>"
    yield f'<table:table-column table:number-columns-repeated="{len(colonnes)}"/>'
    titres = "".join(
        f'<table:table-cell table:style-name="titre" office:value-type="string">{_paragraphes(c.titre)}'
        "</table:table-cell>"
        for c in colonnes
    )
    yield f"<table:table-header-rows><table:table-row>{titres}</table:table-row></table:table-header-rows>"
    for ligne in lignes:
        yield f"<table:table-row>{''.join([_cellule(v) for v in ligne])}</table:table-row>"
    yield "</table:table>"


def _cellule(valeur: Valeur) -> str:
    if valeur is None or valeur == "":
        return "<table:table-cell/>"
    if isinstance(valeur, str):
        return f'<table:table-cell office:value-type="string">{_paragraphes(valeur)}</table:table-cell>'
    if isinstance(valeur, dt.date):
        return _date(valeur)
    return f'<table:table-cell office:value-type="float" office:value="{valeur}"/>'


@lru_cache(maxsize=4096)
def _date(jour: dt.date) -> str:
    return (
        '<table:table-cell table:style-name="jour" office:value-type="date" '
        f'office:date-value="{jour.isoformat()}"/>'
    )


def _paragraphes(texte: str) -> str:
    """One paragraph a line; the spaces that XML would fold are said."""
    propre = escape(INTERDITS.sub("", texte.replace("\r\n", "\n").replace("\r", "\n")))
    if "\n" not in propre and "  " not in propre and "\t" not in propre and propre[:1] != " ":
        return f"<text:p>{propre}</text:p>"
    lignes = [ESPACES.sub(_espace, ligne) for ligne in propre.split("\n")]
    return "".join([f"<text:p>{ligne}</text:p>" for ligne in lignes])


def _espace(trouve: re.Match[str]) -> str:
    blancs = trouve.group()
    return "<text:tab/>" if blancs == "\t" else f'<text:s text:c="{len(blancs)}"/>'
