"""Files as people send them: photographs with their metadata, office documents, and what only claims to be."""

import io
import struct
import zipfile
import zlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

GPS = 0x8825


def une_photo(
    nom: str = "IMG_0042.jpg",
    *,
    taille: tuple[int, int] = (400, 300),
    format: str = "JPEG",
    mode: str = "RGB",
    orientation: int | None = None,
    **options: Any,
) -> SimpleUploadedFile:
    """A picture; with ``orientation``, as a phone held upright writes it, with where it was taken."""
    image = Image.new("RGB", taille, "white")
    image.paste("red", (0, 0, taille[0] // 2, taille[1]))
    image = image.convert(mode)
    if orientation:
        exif = Image.Exif()
        exif[0x0112] = orientation
        exif[0x010F] = "TelephoneDeCamille"
        exif.get_ifd(GPS)[2] = (47.0, 13.0, 6.0)
        options["exif"] = exif.tobytes()
    sortie = io.BytesIO()
    image.save(sortie, format, **options)
    return SimpleUploadedFile(nom, sortie.getvalue(), "image/jpeg")


def une_bombe() -> SimpleUploadedFile:
    """A PNG of some bytes that says it is 30 000 points wide and high."""

    def morceau(sorte: bytes, contenu: bytes) -> bytes:
        return (
            struct.pack(">I", len(contenu))
            + sorte
            + contenu
            + struct.pack(">I", zlib.crc32(sorte + contenu))
        )

    entete = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    contenu = b"\x89PNG\r\n\x1a\n" + morceau(b"IHDR", entete)
    contenu += morceau(b"IDAT", zlib.compress(b"\0" * 1000)) + morceau(b"IEND", b"")
    return SimpleUploadedFile("bombe.png", contenu, "image/png")


def un_document(nom: str = "bilan.pdf", contenu: bytes = b"%PDF-1.7\nun bilan") -> Any:
    """A file of those bytes."""
    return SimpleUploadedFile(nom, contenu, "application/octet-stream")


def une_archive(nom: str, noms: dict[str, str]) -> SimpleUploadedFile:
    """A ZIP that holds those texts: what an office document is."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as archive:
        for interne, texte in noms.items():
            archive.writestr(interne, texte)
    return SimpleUploadedFile(nom, sortie.getvalue(), "application/zip")


def un_odt(nom: str = "compte-rendu.odt") -> SimpleUploadedFile:
    return une_archive(nom, {"mimetype": "application/vnd.oasis.opendocument.text"})


def un_docx(nom: str = "compte-rendu.docx", **plus: str) -> SimpleUploadedFile:
    return une_archive(nom, {"[Content_Types].xml": "", "word/document.xml": "", **plus})
