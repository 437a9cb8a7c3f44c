"""Loading the official territories (COG 2026) from the file the project ships."""

import csv
import dataclasses
import hashlib
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.db import connection, transaction

from comptes.models import Territoire

FICHIER = Path(__file__).resolve().parent / "donnees" / "territoires_2026.csv.xz"
# Parents first: a commune names its EPCI, its département, its région.
NIVEAUX = ("region", "departement", "epci", "commune")
CHAMPS = ("nom", "siren", "population", "genre", "codes_postaux")
PARENTS = ("epci", "departement", "region")
LOT = 2_000
TABLE = Territoire._meta.db_table

Cle = tuple[str, str]  # niveau, code


class Contenu(NamedTuple):
    """What a row says: CHAMPS in their order, and the codes of PARENTS ("" when there is none)."""

    champs: tuple[str | int | None, ...]
    parents: tuple[str, ...]


@dataclasses.dataclass
class BilanTerritoires:
    """What a loading did. ``disparus``: in the database, no longer in the file; never erased."""

    crees: int = 0
    mis_a_jour: int = 0
    inchanges: int = 0
    disparus: list[str] = dataclasses.field(default_factory=list)


def lire(fichier: Path = FICHIER) -> dict[str, dict[Cle, Contenu]]:
    """The rows of the file by niveau, then by (niveau, code)."""
    lues: dict[str, dict[Cle, Contenu]] = {niveau: {} for niveau in NIVEAUX}
    with lzma.open(fichier, "rt", encoding="utf-8", newline="") as flux:
        for ligne in csv.DictReader(flux):
            niveau = ligne["niveau"]
            population = int(ligne["population"]) if ligne["population"] else None
            lues[niveau][niveau, ligne["code"]] = Contenu(
                (ligne["nom"], ligne["siren"], population, ligne["type"], ligne["codes_postaux"]),
                # A row repeats its own code in the column of its own level.
                tuple("" if parent == niveau else ligne[parent] for parent in PARENTS),
            )
    return lues


@transaction.atomic
def charger(fichier: Path = FICHIER) -> BilanTerritoires:
    """Make the database say what the file says.

    A few seconds the first time; when this very file is already loaded, two small queries.
    """
    empreinte = hashlib.sha256(fichier.read_bytes()).hexdigest()
    nombre = Territoire.objects.count()
    if _marque() == f"{empreinte} {nombre}":
        return BilanTerritoires(inchanges=nombre)
    bilan = _rapprocher(lire(fichier))
    with connection.cursor() as curseur:
        # Without fresh statistics the planner reads the whole table at each search.
        curseur.execute(f"ANALYZE {TABLE}")
        marque = f"{empreinte} {Territoire.objects.count()}"
        curseur.execute(f"COMMENT ON TABLE {TABLE} IS %s", [marque])
    return bilan


def _marque() -> str:
    """Which file is loaded, and how many rows it left: written beside the table itself."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT obj_description(%s::regclass)", [TABLE])
        return str(curseur.fetchone()[0] or "")


def _rapprocher(lues: dict[str, dict[Cle, Contenu]]) -> BilanTerritoires:
    bilan = BilanTerritoires()
    connues = dict(_connues())
    pks: dict[Cle, int] = {}
    for niveau in NIVEAUX:
        a_ecrire = {
            cle: contenu
            for cle, contenu in lues[niveau].items()
            if cle not in connues or connues[cle][1] != contenu
        }
        nouvelles = sum(cle not in connues for cle in a_ecrire)
        bilan.crees += nouvelles
        bilan.mis_a_jour += len(a_ecrire) - nouvelles
        bilan.inchanges += len(lues[niveau]) - len(a_ecrire)
        pks |= {cle: connues[cle][0] for cle in lues[niveau] if cle in connues}
        pks |= {(t.niveau, t.code): t.pk for t in _ecrire(a_ecrire, pks)}
    vues = {cle for niveau in NIVEAUX for cle in lues[niveau]}
    bilan.disparus = [f"{niveau} {code}" for niveau, code in sorted(connues.keys() - vues)]
    return bilan


def _connues() -> Iterator[tuple[Cle, tuple[int, Contenu]]]:
    lignes = Territoire.objects.values_list(
        "pk", "niveau", "code", *CHAMPS, *(f"{parent}__code" for parent in PARENTS)
    )
    for pk, niveau, code, *valeurs in lignes.iterator(chunk_size=LOT):
        champs, parents = valeurs[: len(CHAMPS)], valeurs[len(CHAMPS) :]
        yield (
            (niveau, code),
            (pk, Contenu(tuple(champs), tuple(parent or "" for parent in parents))),
        )


def _ecrire(a_ecrire: dict[Cle, Contenu], pks: dict[Cle, int]) -> list[Territoire]:
    territoires = []
    for (niveau, code), contenu in a_ecrire.items():
        champs = dict(zip(CHAMPS, contenu.champs, strict=True))
        parents = {
            f"{parent}_id": pks[parent, code_du_parent]
            for parent, code_du_parent in zip(PARENTS, contenu.parents, strict=True)
            if code_du_parent
        }
        territoires.append(Territoire(niveau=niveau, code=code, **champs, **parents))
    return Territoire.objects.bulk_create(
        territoires,
        batch_size=LOT,
        update_conflicts=True,
        unique_fields=["niveau", "code"],
        update_fields=[*CHAMPS, *PARENTS],
    )
