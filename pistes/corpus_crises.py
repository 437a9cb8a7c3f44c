"""The shipped library of crises: no text twice, no edit overwritten."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from pistes.corpus_lu import DOSSIER
from pistes.models import Scenario
from reflexes.lecture import CorpusIllisible, lire_toml
from reflexes.livraison import Bilan, livrer

FICHIER = DOSSIER / "crises.toml"


@dataclass(frozen=True)
class CriseLivree:
    """One scenario, at its place in the library."""

    cle: str
    champs: dict[str, str | int]


def lire(fichier: Path = FICHIER) -> list[CriseLivree]:
    """Every crisis of the file. Raises CorpusIllisible."""
    bloc = lire_toml(fichier)
    bloc.texte("source")
    crises = []
    for rang, b in enumerate(bloc.blocs("crises"), 1):
        textes = {nom: b.texte(nom) for nom in ("titre", "description", "questions")}
        crises.append(CriseLivree(b.texte("cle"), {"rang": rang, **textes}))
        b.fermer()
    bloc.fermer()
    cles = [crise.cle for crise in crises]
    if doubles := sorted({cle for cle in cles if cles.count(cle) > 1}):
        raise CorpusIllisible(f"{fichier.name} : deux crises portent la clé « {doubles[0]} ».")
    return crises


def charger(crises: list[CriseLivree]) -> Bilan:
    """Write them, in one transaction; what was edited here stays as it is."""
    bilan = Bilan()
    with transaction.atomic():
        for crise in crises:
            livrer(Scenario, {"cle": crise.cle}, dict(crise.champs), bilan)
    return bilan
