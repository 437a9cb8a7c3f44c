"""Reading the shipped corpus: TOML files, every field checked, every fault named with its file."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

NOMS = {str: "un texte", int: "un nombre entier", dt.date: "une date", list: "une liste"}


class CorpusIllisible(Exception):
    """A file of the corpus is missing or wrong. The French message names file and field."""


class Bloc:
    """One table of a TOML file. Reading a field checks its type; texts lose their outer blanks."""

    def __init__(self, ou: str, donnees: dict[str, Any]) -> None:
        self.ou = ou
        self._donnees = donnees
        self._lus: set[str] = set()

    def texte(self, champ: str, defaut: str | None = None) -> str:
        """A text; required unless it has a default."""
        return self._lire(champ, str, defaut).strip()

    def entier(self, champ: str) -> int:
        """A required positive whole number."""
        valeur = self._lire(champ, int, None)
        if isinstance(valeur, bool) or valeur < 0:
            raise CorpusIllisible(f"{self.ou} : « {champ} » doit être un nombre entier positif.")
        return valeur

    def jour(self, champ: str) -> dt.date | None:
        """A date, or None when the field is not there."""
        return self._lire(champ, dt.date, None) if champ in self._donnees else None

    def jour_exige(self, champ: str) -> dt.date:
        """A required date."""
        return self._lire(champ, dt.date, None)

    def liste(self, champ: str, type_: type[T]) -> list[T]:
        """A list of values of one type; empty when the field is not there."""
        valeurs: list[Any] = self._lire(champ, list, [])
        if any(not isinstance(valeur, type_) for valeur in valeurs):
            raise CorpusIllisible(f"{self.ou} : « {champ} » ne contient pas que {NOMS[type_]}.")
        return valeurs

    def bloc(self, champ: str) -> "Bloc":
        """A required sub-table."""
        self._lus.add(champ)
        donnees = self._donnees.get(champ)
        if not isinstance(donnees, dict):
            raise CorpusIllisible(f"{self.ou} : la partie [{champ}] manque.")
        return Bloc(f"{self.ou}, [{champ}]", donnees)

    def blocs(self, champ: str) -> "list[Bloc]":
        """The sub-tables of an array; empty when there is none."""
        self._lus.add(champ)
        tables = self._donnees.get(champ, [])
        if not isinstance(tables, list) or any(not isinstance(table, dict) for table in tables):
            raise CorpusIllisible(f"{self.ou} : [[{champ}]] doit être une suite de parties.")
        return [Bloc(f"{self.ou}, [[{champ}]] n° {n}", table) for n, table in enumerate(tables, 1)]

    def fermer(self) -> None:
        """Refuse the fields nobody has read: most often a slip of the pen."""
        if inconnus := sorted(set(self._donnees) - self._lus):
            raise CorpusIllisible(f"{self.ou} : champ inconnu « {'», «'.join(inconnus)} ».")

    def _lire(self, champ: str, type_: type[T], defaut: T | None) -> T:
        self._lus.add(champ)
        valeur = self._donnees.get(champ, defaut)
        if valeur is None:
            raise CorpusIllisible(f"{self.ou} : « {champ} » manque.")
        if not isinstance(valeur, type_):
            raise CorpusIllisible(f"{self.ou} : « {champ} » doit être {NOMS[type_]}.")
        return valeur


def lire_toml(fichier: Path) -> Bloc:
    """One file of the corpus. Raises CorpusIllisible when it is missing, not UTF-8 or not TOML."""
    try:
        with fichier.open("rb") as flux:
            return Bloc(fichier.name, tomllib.load(flux))
    except OSError as erreur:
        raise CorpusIllisible(f"{fichier.name} : fichier introuvable ou illisible.") from erreur
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as erreur:
        raise CorpusIllisible(f"{fichier.name} : TOML invalide ({erreur}).") from erreur
