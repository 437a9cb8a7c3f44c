"""What we ship is written in our own words: no run of eight words of the source documents."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

RACINE = Path(settings.RACINE)
SOURCES = RACINE.parent / "shared" / "seeds"
LONGUEUR = 8
# Titles, names and addresses are facts; they may be the same.
FAITS = {
    "titre",
    "autres_titres",
    "lien",
    "source",
    "theme",
    "pole_a",
    "pole_b",
    "nom",
    "editeur",
    "cle",
}


def _mots(texte: str) -> list[str]:
    decompose = unicodedata.normalize("NFD", texte.lower())
    return re.findall(r"[a-z0-9]+", "".join(c for c in decompose if not unicodedata.combining(c)))


def _suites(texte: str) -> set[tuple[str, ...]]:
    mots = _mots(texte)
    return {tuple(mots[i : i + LONGUEUR]) for i in range(len(mots) - LONGUEUR + 1)}


def _textes(valeur: object, champ: str = "") -> Iterator[str]:
    if isinstance(valeur, dict):
        for nom, contenu in valeur.items():
            yield from _textes(contenu, nom)
    elif isinstance(valeur, list):
        for contenu in valeur:
            yield from _textes(contenu, champ)
    elif isinstance(valeur, str) and champ not in FAITS:
        yield valeur


def test_no_sentence_of_the_source_documents_is_shipped():
    if not SOURCES.is_dir():
        pytest.skip(f"the source documents are not beside the checkout ({SOURCES.name}/)")
    prises = set().union(*(_suites(source.read_text()) for source in SOURCES.glob("*.txt")))
    titres = set()
    copies = []
    fichiers = sorted(RACINE.glob("*/corpus/**/*.toml"))
    assert len(fichiers) > 15
    for fichier in fichiers:
        contenu = tomllib.loads(fichier.read_text())
        titres |= _suites(
            " ".join(str(t) for t in re.findall(r'titre = "(.*)"', fichier.read_text()))
        )
        for texte in _textes(contenu):
            copies += [(fichier.name, " ".join(s)) for s in _suites(texte) & prises - titres]
    assert copies == []
