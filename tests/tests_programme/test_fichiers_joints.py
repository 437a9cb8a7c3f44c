"""What people attach: known by its content, made harmless, or refused in words."""

import io

import pytest
from PIL import Image

from config.fichiers import (
    TAILLE_DOCUMENT,
    TAILLE_IMAGE,
    FichierRefuse,
    preparer_document,
    preparer_image,
)
from tests.fichiers_envoyes import un_document, un_docx, un_odt, une_archive, une_bombe, une_photo


def lue(pret):
    return Image.open(io.BytesIO(pret.contenu.read()))


def test_a_photo_stands_upright_and_says_nothing_of_where_it_was_taken():
    envoyee = une_photo(taille=(400, 300), orientation=6, comment=b"chez Camille")
    assert b"TelephoneDeCamille" in envoyee.read()
    envoyee.seek(0)
    pret = preparer_image(envoyee)
    contenu = pret.contenu.read()
    image = Image.open(io.BytesIO(contenu))
    assert (pret.largeur, pret.hauteur) == image.size == (300, 400)
    assert dict(image.getexif()) == {}
    assert not {"exif", "icc_profile", "comment", "xmp", "photoshop"} & set(image.info)
    assert b"Camille" not in contenu
    assert (pret.type_mime, pret.nom) == ("image/jpeg", "IMG_0042.jpg")


def test_a_large_photo_becomes_small():
    pret = preparer_image(une_photo(taille=(5000, 2500)))
    assert (pret.largeur, pret.hauteur) == (1600, 800)
    assert pret.taille == pret.contenu.size < 200_000


@pytest.mark.parametrize(
    ("format_", "mode"),
    [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"), ("GIF", "P"), ("WEBP", "RGBA")],
)
def test_other_pictures_become_webp(format_, mode):
    pret = preparer_image(une_photo("capture.png", format=format_, mode=mode))
    assert pret.type_mime == "image/webp"
    assert pret.nom == "capture.webp"
    assert lue(pret).format == "WEBP"


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_grey_and_printers_colours_are_shown_too(mode):
    assert lue(preparer_image(une_photo(mode=mode))).mode == "RGB"


def test_metadata_of_a_webp_go_too():
    envoyee = une_photo("a.webp", format="WEBP", exif=b"Exif\0\0secret", xmp=b"<x>secret</x>")
    assert b"secret" not in preparer_image(envoyee).contenu.read()


HEIC = un_document("IMG_1.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")


@pytest.mark.parametrize(
    ("envoyee", "dit"),
    [
        (une_bombe(), "trop de points"),
        (une_photo("large.png", taille=(60_000, 900), format="PNG"), "trop de points"),
        (HEIC, "HEIC"),
        (un_document("photo.jpg", b"<html><script>"), "pas une image"),
        (un_document("photo.jpg", b"\x89PNG\r\n\x1a\n" + b"\0" * 40), "pas une image"),
        (un_document("photo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "pas une image"),
        (un_document("vide.jpg", b""), "vide"),
        (un_document("coupee.jpg", une_photo(taille=(900, 900)).read()[:900]), "abîmé"),
        (un_document("fiche.pdf"), "pas une image"),
    ],
    ids=lambda v: getattr(v, "name", None),
)
def test_what_is_no_picture_is_refused_with_its_name(envoyee, dit):
    with pytest.raises(FichierRefuse) as refus:
        preparer_image(envoyee)
    assert dit in str(refus.value)
    assert envoyee.name in str(refus.value)


def test_thirty_megabytes_are_refused_before_being_read():
    lourde = une_photo()
    lourde.size = 30 * 1024 * 1024
    lourde.close()
    with pytest.raises(FichierRefuse, match=r"trop lourd \(30 Mo\). 20 Mo au plus"):
        preparer_image(lourde)
    assert lourde.size > TAILLE_IMAGE
    lourd = un_document()
    lourd.size = TAILLE_DOCUMENT + 1
    with pytest.raises(FichierRefuse, match="10 Mo au plus"):
        preparer_document(lourd)


@pytest.mark.parametrize(
    ("envoye", "nom", "type_mime"),
    [
        (un_document(), "bilan.pdf", "application/pdf"),
        (un_odt(), "compte-rendu.odt", "application/vnd.oasis.opendocument.text"),
        (un_docx(), "compte-rendu.docx", "wordprocessingml.document"),
        (un_docx("menti.pdf"), "menti.docx", "wordprocessingml.document"),
        (un_document("a.csv", "commune;nombre\nRezé;3\n".encode()), "a.csv", "text/csv"),
        (un_document("a.txt", "Noté à la main".encode("latin-1")), "a.txt", "text/plain"),
        (un_document("../../etc/passwd.txt", b"x"), "passwd.txt", "text/plain"),
        (un_document("a\x00b\"<é>.txt", b"x"), "abé.txt", "text/plain"),
        (un_document("....txt", b"x"), None, "text/plain"),
        (un_document("é" * 300 + ".pdf"), "é" * 120 + ".pdf", "application/pdf"),
    ],
)  # fmt: skip
def test_a_document_keeps_its_content_under_a_harmless_name(envoye, nom, type_mime):
    contenu = envoye.read()
    envoye.seek(0)
    pret = preparer_document(envoye)
    assert pret.type_mime.endswith(type_mime)
    assert nom in {pret.nom, None}
    assert "/" not in pret.nom
    assert pret.contenu.read() == contenu
    # Nothing of the sender's name reaches the disk.
    assert len(pret.contenu.name.split(".")[0]) == 32


@pytest.mark.parametrize(
    "envoye",
    [
        un_document("virus.exe", b"MZ\x90\0"),
        un_document("page.html", b"<script>alert(1)</script>"),
        un_document("page.svg", b"<svg onload='alert(1)'/>"),
        un_document("feuille.csv", b"MZ\x90\0\x03"),
        un_document("note.txt", b"\0" * 20),
        un_document("sans-extension", b"du texte"),
        une_archive("sources.zip", {"a.py": "print()"}),
        une_archive("faux.odt", {"mimetype": "text/html"}),
        un_document("casse.docx", b"PK\x03\x04" + b"\0" * 90),
        un_docx("macros.docx", **{"word/vbaProject.bin": "x"}),
        une_photo("photo.png", format="PNG"),
    ],
    ids=lambda v: v.name,
)
def test_another_file_is_refused_with_its_name(envoye):
    with pytest.raises(FichierRefuse) as refus:
        preparer_document(envoye)
    assert envoye.name in str(refus.value)
