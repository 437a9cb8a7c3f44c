"""Pictures people send: read with care, made small, and made to say nothing of where they were taken."""

import dataclasses
import io
import struct
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageCms, ImageOps

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
COTE_MAXIMAL = 1600  # pixels
# Above, opening it would fill the memory of a worker: a bomb, or a scan nobody reads on a screen.
# A photograph is read at a fraction of its size; the others unfold whole, some kilobytes into megabytes.
PIXELS_D_UNE_PHOTO, PIXELS_MAXIMAUX = 50_000_000, 20_000_000
TROP_GRANDE = (
    "cette image a trop de points. Envoyez-la en plus petit : pour une photo JPEG ordinaire, 50 millions "
    "de points au plus (environ 8 000 sur 6 000) ; pour les autres images, 20 millions."
)
QUALITE = 82
COTE_EN_LISTE = 640
# The "brands" of HEIC and AVIF files, which phones make (ISO/IEC 23008-12).
MARQUES_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
# What the reader of a broken picture may raise.
ILLISIBLE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    ArithmeticError,
    LookupError,
    MemoryError,
)
BOMBES = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class ImageIllisible(Exception):
    """Not a picture we can show; the message says it to the person."""


@dataclasses.dataclass(frozen=True)
class ImageReduite:
    """A picture ready to be kept."""

    contenu: bytes
    type_mime: str
    extension: str
    largeur: int
    hauteur: int


def reduire(envoyee: "UploadedFile[Any]") -> ImageReduite:
    """Upright, at most 1600 pixels a side, in sRGB, without any metadata. Raises ImageIllisible.

    A photograph stays JPEG; what may be transparent becomes WebP; of an animation the first frame is kept.
    """
    debut = envoyee.read(16)
    envoyee.seek(0)
    if debut[4:8] == b"ftyp" and debut[8:12] in MARQUES_HEIC:
        raise ImageIllisible(
            "cette photo est au format HEIC, que nous ne savons pas lire. Envoyez-la en JPEG ; sur un "
            "iPhone : Réglages, Appareil photo, Formats, « Le plus compatible »."
        )
    try:
        return _reduire(envoyee)
    except BOMBES as erreur:
        raise ImageIllisible(TROP_GRANDE) from erreur
    except ILLISIBLE as erreur:
        raise ImageIllisible(
            "ce fichier n'est pas une image que nous savons lire, ou il est abîmé. Envoyez une photo "
            "JPEG, PNG, WebP ou GIF."
        ) from erreur


def _reduire(envoyee: "UploadedFile[Any]") -> ImageReduite:
    with Image.open(envoyee, formats=FORMATS) as ouverte:
        photo = ouverte.format in {"JPEG", "MPO"}
        # A progressive one is held whole until its last pass.
        limite = PIXELS_D_UNE_PHOTO if photo and not _est_progressive(ouverte) else PIXELS_MAXIMAUX
        if ouverte.width * ouverte.height > limite:
            raise ImageIllisible(TROP_GRANDE)
        if photo:
            # A JPEG can be read at a fraction of its size: time and memory saved.
            ouverte.draft("RGB", (COTE_MAXIMAL, COTE_MAXIMAL))
        profil = ouverte.info.get("icc_profile")
        image = _debout(ouverte)
    image = _en_srgb(image, profil, "RGB" if photo else "RGBA")
    image.thumbnail((COTE_MAXIMAL, COTE_MAXIMAL), Image.Resampling.LANCZOS)
    # Position, device, author, comments: Pillow writes some of these again if they are still there.
    image.info = {}
    sortie = io.BytesIO()
    if photo:
        image.save(sortie, "JPEG", quality=QUALITE, optimize=True, progressive=True)
    else:
        image.save(sortie, "WEBP", quality=QUALITE)
    return ImageReduite(
        sortie.getvalue(),
        "image/jpeg" if photo else "image/webp",
        "jpg" if photo else "webp",
        image.width,
        image.height,
    )


def _est_progressive(image: Image.Image) -> bool:
    return bool(image.info.get("progressive") or image.info.get("progression"))


def _debout(image: Image.Image) -> Image.Image:
    """Turned as its taker saw it, small at once. Metadata that cannot be read are as good as none."""
    image.load()
    if image.mode in {"RGB", "RGBA", "L", "LA", "CMYK"}:
        image.thumbnail((COTE_MAXIMAL, COTE_MAXIMAL), Image.Resampling.LANCZOS)
    try:
        return ImageOps.exif_transpose(image)
    except ILLISIBLE:
        return image.copy()


def _en_srgb(image: Image.Image, profil: bytes | None, mode: str) -> Image.Image:
    """In the colours every screen expects: the profile goes with the other metadata."""
    if profil and image.mode == "RGB":
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profil))
            traduite = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            image = traduite or image
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile: the colours stay as they are
    return image.convert(mode)


def petite(contenu: bytes, cote: int = COTE_EN_LISTE) -> bytes:
    """A small JPEG, on white, of a picture we have made ourselves. Raises OSError when it is damaged."""
    with Image.open(io.BytesIO(contenu), formats=("JPEG", "WEBP")) as image:
        image.draft("RGB", (cote, cote))
        image.thumbnail((cote, cote))
        transparente = image.convert("RGBA")
    fond = Image.new("RGBA", transparente.size, "white")
    fond.alpha_composite(transparente)
    sortie = io.BytesIO()
    fond.convert("RGB").save(sortie, "JPEG", quality=70, optimize=True)
    return sortie.getvalue()
