"""Loading the official territories (COG 2026) from the file the project ships."""

import csv
import dataclasses
import lzma
from collections.abc import Iterator
from pathlib import Path

from django.db import connection, transaction

from comptes.models import Territoire

FICHIER = Path(__file__).resolve().parent / "donnees" / "territoires_2026.csv.xz"
# Parents first: a commune names its EPCI, its département, its région.
NIVEAUX = ("region", "departement", "epci", "commune")
CHAMPS = ("nom", "siren", "population", "genre", "codes_postaux")
PARENTS = ("epci", "departement", "region")
LOT = 2_000

Cle = tuple[str, str]
# CHAMPS, then the codes of PARENTS ("" when there is none).
Valeurs = tuple[str, str, int | None, str, str, str, str, str]


@dataclasses.dataclass
class BilanTerritoires:
    """What a loading did. ``disparus``: in the database, no longer in the file; never erased."""

    crees: int = 0
    mis_a_jour: int = 0
    inchanges: int = 0
    disparus: list[str] = dataclasses.field(default_factory=list)


def lire(fichier: Path = FICHIER) -> dict[str, dict[Cle, Valeurs]]:
    """The rows of the file by niveau, then by (niveau, code)."""
    lues: dict[str, dict[Cle, Valeurs]] = {niveau: {} for niveau in NIVEAUX}
    with lzma.open(fichier, "rt", encoding="utf-8", newline="") as flux:
        for ligne in csv.DictReader(flux):
            cle = (ligne["niveau"], ligne["code"])
            lues[ligne["niveau"]][cle] = (
                ligne["nom"],
                ligne["siren"],
                int(ligne["population"]) if ligne["population"] else None,
                ligne["type"],
                ligne["codes_postaux"],
                # A row repeats its own code in the column of its own level.
                *("" if parent == ligne["niveau"] else ligne[parent] for parent in PARENTS),
            )
    return lues


@transaction.atomic
def charger(fichier: Path = FICHIER) -> BilanTerritoires:
    """Make the database say what the file says. A few seconds; the second time, one reading of each."""
    bilan = BilanTerritoires()
    lues = lire(fichier)
    connues = dict(_connues())
    pks: dict[Cle, int] = {}
    for niveau in NIVEAUX:
        a_ecrire = {
            cle: valeurs
            for cle, valeurs in lues[niveau].items()
            if cle not in connues or connues[cle][1] != valeurs
        }
        nouvelles = sum(cle not in connues for cle in a_ecrire)
        bilan.crees += nouvelles
        bilan.mis_a_jour += len(a_ecrire) - nouvelles
        bilan.inchanges += len(lues[niveau]) - len(a_ecrire)
        pks |= {cle: connues[cle][0] for cle in lues[niveau] if cle in connues}
        pks |= {(t.niveau, t.code): t.pk for t in _ecrire(a_ecrire, pks)}
    if bilan.crees or bilan.mis_a_jour:
        with connection.cursor() as curseur:  # or the planner reads the whole table at each search
            curseur.execute(f"ANALYZE {Territoire._meta.db_table}")
    vues = {cle for niveau in NIVEAUX for cle in lues[niveau]}
    bilan.disparus = [f"{niveau} {code}" for niveau, code in sorted(connues.keys() - vues)]
    return bilan


def _connues() -> Iterator[tuple[Cle, tuple[int, Valeurs]]]:
    lignes = Territoire.objects.values_list(
        "pk", "niveau", "code", *CHAMPS, *(f"{parent}__code" for parent in PARENTS)
    )
    for pk, niveau, code, *valeurs in lignes.iterator(chunk_size=LOT):
        nom, siren, population, genre, postaux, *parents = valeurs
        codes = [parent or "" for parent in parents]
        yield (niveau, code), (pk, (nom, siren, population, genre, postaux, *codes))  # type: ignore[misc]


def _ecrire(a_ecrire: dict[Cle, Valeurs], pks: dict[Cle, int]) -> list[Territoire]:
    territoires = []
    for (niveau, code), valeurs in a_ecrire.items():
        champs = dict(zip(CHAMPS, valeurs[: len(CHAMPS)], strict=True))
        parents = {
            f"{parent}_id": pks[parent, code_parent]
            for parent, code_parent in zip(PARENTS, valeurs[len(CHAMPS) :], strict=True)
            if code_parent
        }
        territoires.append(Territoire(niveau=niveau, code=code, **champs, **parents))
    return Territoire.objects.bulk_create(
        territoires,
        batch_size=LOT,
        update_conflicts=True,
        unique_fields=["niveau", "code"],
        update_fields=[*CHAMPS, *PARENTS],
    )
