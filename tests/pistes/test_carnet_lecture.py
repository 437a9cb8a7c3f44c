"""Opening the notebook's file: each refusal says what happened, what is kept, what to do."""

import os
from pathlib import Path

import pytest

from pistes.carnet.erreurs import CarnetIllisible
from pistes.carnet.lecture import TAILLE_MAXIMALE, decoder, lire_fichier

SYNTHETIQUE = Path(__file__).with_name("carnet_synthetique.md")


def _refus(chemin: Path | str) -> str:
    with pytest.raises(CarnetIllisible) as refus:
        lire_fichier(chemin)
    message = str(refus.value)
    assert "Rien n'a été importé, le catalogue reste tel quel." in message
    return message


def test_a_notebook_is_read_as_text():
    assert lire_fichier(str(SYNTHETIQUE)).startswith("# ÉTÉS SÛRS")


def test_a_byte_order_mark_and_windows_line_ends_are_removed(tmp_path: Path):
    chemin = tmp_path / "carnet.md"
    chemin.write_bytes(b"\xef\xbb\xbf" + b"## Orientation 1\r\n\r\n# Titre\rfin")
    assert lire_fichier(chemin) == "## Orientation 1\n\n# Titre\nfin"


def test_a_missing_file_is_refused(tmp_path: Path):
    assert "introuvable" in _refus(tmp_path / "rien.md")


def test_a_path_through_a_file_is_refused(tmp_path: Path):
    (tmp_path / "fichier").touch()
    assert "ne peut pas être lu" in _refus(tmp_path / "fichier" / "carnet.md")


def test_an_impossible_path_is_refused():
    assert "ne peut pas être lu" in _refus("carnet\0.md")


def test_a_directory_is_refused(tmp_path: Path):
    assert "est un dossier" in _refus(tmp_path)


def test_a_pipe_is_refused_without_waiting(tmp_path: Path):
    os.mkfifo(tmp_path / "tube")
    assert "fichier ordinaire" in _refus(tmp_path / "tube")


def test_a_file_without_the_right_to_read_is_refused(tmp_path: Path, monkeypatch):
    chemin = tmp_path / "carnet.md"
    chemin.write_text("## Piste • Une piste", encoding="utf-8")

    def interdit(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    # Not chmod: root may read everything.
    monkeypatch.setattr(Path, "open", interdit)
    assert "ne peut pas être lu" in _refus(chemin)


@pytest.mark.parametrize(
    "octets",
    [
        "## Piste • Été".encode("utf-16"),
        "## Piste • Été".encode("utf-16-be"),
        b"\xff\xfe",
        b"%PDF-1.7\n\0\0",
    ],
)
def test_what_is_not_utf_8_is_refused_by_its_first_bytes(tmp_path: Path, octets: bytes):
    chemin = tmp_path / "carnet.md"
    chemin.write_bytes(octets)
    assert "UTF-8" in _refus(chemin)


def test_a_latin_1_file_is_refused_with_the_line_of_the_first_bad_character(tmp_path: Path):
    chemin = tmp_path / "carnet.md"
    chemin.write_bytes("## Orientation 1\n\n# Données\n".encode("latin-1"))
    assert "ligne 3" in _refus(chemin)


@pytest.mark.parametrize("octets", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(tmp_path: Path, octets: bytes):
    chemin = tmp_path / "carnet.md"
    chemin.write_bytes(octets)
    assert "est vide" in _refus(chemin)


def test_a_text_with_no_piste_is_refused(tmp_path: Path):
    chemin = tmp_path / "recette.md"
    chemin.write_text("# Tarte aux pommes\n\nÉplucher les pommes.\n", encoding="utf-8")
    assert "ni orientation ni piste" in _refus(chemin)


def test_a_file_of_fifty_megabytes_is_refused_without_being_read(tmp_path: Path, monkeypatch):
    chemin = tmp_path / "carnet.md"
    with chemin.open("wb") as flux:
        flux.truncate(50_000_000)
    monkeypatch.setattr(Path, "open", lambda *_, **__: pytest.fail("the file was opened"))
    assert "trop gros (50,0 Mo ; 5 Mo au plus)" in _refus(chemin)


def test_a_file_just_under_the_limit_is_read(tmp_path: Path):
    chemin = tmp_path / "carnet.md"
    debut = b"## Piste \xe2\x80\xa2 Une piste\n\n"
    chemin.write_bytes(debut + b"mot " * ((TAILLE_MAXIMALE - len(debut)) // 4))
    assert lire_fichier(chemin)


def test_bytes_received_otherwise_get_the_same_refusals():
    with pytest.raises(CarnetIllisible, match="« envoi » est vide"):
        decoder(b"", "envoi")
