"""Documents people attach: which kind a file is, by its content."""

import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

ODF = "application/vnd.oasis.opendocument."
OOXML = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "pdf": "application/pdf",
    "odt": f"{ODF}text",
    "ods": f"{ODF}spreadsheet",
    "odp": f"{ODF}presentation",
    "docx": f"{OOXML}wordprocessingml.document",
    "xlsx": f"{OOXML}spreadsheetml.sheet",
    "pptx": f"{OOXML}presentationml.presentation",
    "txt": "text/plain",
    "csv": "text/csv",
}
DOCUMENTS_EN_MOTS = "PDF, ODT, ODS, ODP, DOCX, XLSX, PPTX, TXT ou CSV"
# For the file picker; the content decides.
ACCEPT_DOCUMENTS = ",".join(f".{extension}" for extension in TYPES)


class DocumentRefuse(Exception):
    """Not a document we keep; the message says it to the person."""


def extension_vraie(envoye: "UploadedFile[Any]") -> str:
    """The ending its content deserves. Raises DocumentRefuse."""
    debut = envoye.read(1024)
    envoye.seek(0)
    trouvee = None
    if b"%PDF-" in debut:
        trouvee = "pdf"
    elif debut.startswith(b"PK\x03\x04"):
        trouvee = _bureautique(envoye)
    elif (dite := PurePosixPath(envoye.name or "").suffix.lower()) in {".txt", ".csv"}:
        trouvee = dite[1:] if _est_du_texte(envoye) else None
    if trouvee is None:
        raise DocumentRefuse(
            f"ce n'est pas un document que nous gardons. Envoyez un fichier {DOCUMENTS_EN_MOTS}."
        )
    return trouvee


def _bureautique(envoye: "UploadedFile[Any]") -> str | None:
    """Which office document a ZIP is, by what it holds; None for any other archive."""
    try:
        with zipfile.ZipFile(envoye) as archive:
            noms = set(archive.namelist())
            if any(nom.lower().endswith("vbaproject.bin") for nom in noms):
                raise DocumentRefuse("ce document contient des macros. Enregistrez-le sans elles.")
            if "mimetype" in noms and archive.getinfo("mimetype").file_size < 100:
                dit = archive.read("mimetype").decode("ascii", "replace").strip()
                return next((ext for ext, mime in TYPES.items() if mime == dit), None)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError):
        return None
    if "[Content_Types].xml" not in noms:
        return None
    corps = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
    return next((ext for nom, ext in corps.items() if nom in noms), None)


def _est_du_texte(envoye: "UploadedFile[Any]") -> bool:
    """No control character other than those of lines and tabs."""
    admis = {9, 10, 12, 13}
    return not any(
        octet < 32 and octet not in admis for morceau in envoye.chunks() for octet in set(morceau)
    )
