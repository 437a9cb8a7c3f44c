"""Reading an export back, as a spreadsheet program would."""

import csv
import io
from typing import Any

import openpyxl
from django.test import Client


def telecharger(client: Client, adresse: str) -> bytes:
    """The whole file."""
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return tout(reponse)


def tout(reponse: Any) -> bytes:
    """What a response holds, streamed or not; a streamed one is closed with its last byte."""
    return b"".join(reponse)


def lire_csv(contenu: bytes) -> list[dict[str, str]]:
    """The rows by title; the BOM must be there."""
    texte = contenu.decode("utf-8")
    assert texte.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(texte[1:], newline=""), delimiter=";"))


def lire_xlsx(contenu: bytes) -> list[dict[str, Any]]:
    """The cells (not their values alone) by title, all sheets one after the other."""
    classeur = openpyxl.load_workbook(io.BytesIO(contenu))
    lignes = []
    for feuille in classeur.worksheets[:-1]:  # the last is the dictionary of the columns
        titres, *suite = feuille.iter_rows()
        lignes += [{t.value: c for t, c in zip(titres, ligne, strict=True)} for ligne in suite]
    return lignes


def les_csv(client: Client, adresse: str) -> list[dict[str, str]]:
    return lire_csv(telecharger(client, adresse))


def les_xlsx(client: Client, adresse: str) -> list[dict[str, Any]]:
    return lire_xlsx(telecharger(client, adresse))
