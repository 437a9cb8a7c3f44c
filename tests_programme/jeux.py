"""The ready-made sets of questions, read once from a file that anyone can read and correct."""

import dataclasses
import tomllib
from functools import cache
from pathlib import Path

FICHIER = Path(__file__).resolve().parent / "corpus" / "questionnaires.toml"


@dataclasses.dataclass(frozen=True)
class QuestionPrete:
    """One question of a set."""

    type: str
    libelle: str
    choix: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Jeu:
    """A set: what it is for, its questions."""

    cle: str
    titre: str
    usage: str
    questions: tuple[QuestionPrete, ...]


@cache
def jeux() -> dict[str, Jeu]:
    """The sets by key, in the order of the file."""
    contenu = tomllib.loads(FICHIER.read_text(encoding="utf-8"))
    return {
        jeu["cle"]: Jeu(
            cle=jeu["cle"],
            titre=jeu["titre"],
            usage=jeu["usage"],
            questions=tuple(
                QuestionPrete(q["type"], q["libelle"], tuple(q.get("choix", ())))
                for q in jeu["question"]
            ),
        )
        for jeu in contenu["jeu"]
    }
