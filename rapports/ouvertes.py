"""Open data: every night, what a visitor may read, as files at addresses that do not change.

The same exports as on the screens, read by nobody in particular; rows of demonstration are left out.
"""

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from config.jours import PARIS
from rapports.catalogue import EXPORTS
from rapports.colonnes import Lecture, Ligne
from rapports.exports import Export
from rapports.formats import FORMATS

LICENCE = "Licence Ouverte 2.0"
ADRESSE_LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
# What is published, and the field that marks a row of demonstration.
JEUX = {
    "tests": "est_demo",
    "evaluations": "test__est_demo",
    "criteres": "test__est_demo",
    "voix": "test__est_demo",
    "enseignements": "test__est_demo",
    "pistes": "",
    "controverses": "",
    "temoignages": "",
    "chantiers": "",
    "organisations": "est_demo",
}
ECRITS = ("csv", "json")


@dataclasses.dataclass(frozen=True)
class Jeu:
    """One set of data as it was last published; ``tailles`` in bytes by format."""

    export: Export
    publie_le: dt.datetime
    lignes: int
    tailles: dict[str, int]
    empreintes: dict[str, str]


def dossier() -> Path:
    """Where the files are."""
    return Path(settings.MEDIA_ROOT) / "donnees-ouvertes"


def fichier_de(cle: str, format: str) -> Path:
    """The file of a set; it may not have been written yet."""
    return dossier() / f"{cle}.{format}"


def publier(at: dt.datetime | None = None) -> int:
    """Write every file again; return how many rows in all. Each appears whole or stays as it was."""
    at = at or timezone.now()
    dossier().mkdir(parents=True, exist_ok=True)
    return sum(_publier(cle, at) for cle in JEUX)


def jeux() -> list[Jeu]:
    """What is published now, in the order of JEUX. Two small files read a set."""
    return [jeu for cle in JEUX if (jeu := _jeu(cle)) is not None]


def _jeu(cle: str) -> Jeu | None:
    try:
        fiche = json.loads((dossier() / f"{cle}.fiche").read_text())
    except FileNotFoundError:
        return None
    publie_le = dt.datetime.fromisoformat(fiche.pop("publie_le"))
    return Jeu(export=public(EXPORTS[cle]), publie_le=publie_le, **fiche)


def public(export: Export) -> Export:
    """The export as a visitor gets it."""
    return export.pour(AnonymousUser())


def _publier(cle: str, at: dt.datetime) -> int:
    export, lecture = public(EXPORTS[cle]), Lecture(AnonymousUser(), at)
    compte: dict[str, int] = {}
    fiche: dict[str, Any] = {"publie_le": at.isoformat(), "tailles": {}, "empreintes": {}}
    for nom in ECRITS:
        provisoire = fichier_de(cle, f"{nom}.tmp")
        with provisoire.open("wb") as sortie:
            lignes = _comptees(
                _lignes(export, lecture, JEUX[cle], tableur=FORMATS[nom].tableur), compte
            )
            FORMATS[nom].ecrire(sortie, export, lignes, _entete(cle, at))
            fiche["tailles"][nom] = sortie.tell()
        with provisoire.open("rb") as ecrit:
            fiche["empreintes"][nom] = hashlib.file_digest(ecrit, "sha256").hexdigest()
        provisoire.replace(fichier_de(cle, nom))
    provisoire = dossier() / f"{cle}.fiche.tmp"
    provisoire.write_text(json.dumps({**fiche, "lignes": compte["lignes"]}))
    provisoire.replace(dossier() / f"{cle}.fiche")
    return compte["lignes"]


def _lignes(export: Export, lecture: Lecture, demo: str, *, tableur: bool) -> Iterator[Ligne]:
    brutes = export.requete(export.filtre({}, lecture.user), lecture)
    if demo:
        brutes = brutes.filter(**{demo: False})
    lues = export.nettoyees(brutes.iterator(chunk_size=2000), tableur=tableur)
    return (ligne for _, ligne in lues)


def _comptees(lignes: Iterator[Ligne], compte: dict[str, int]) -> Iterator[Ligne]:
    compte["lignes"] = 0
    for ligne in lignes:
        compte["lignes"] += 1
        yield ligne


def _entete(cle: str, at: dt.datetime) -> dict[str, Any]:
    return {
        "donnees": cle,
        "titre": EXPORTS[cle].titre,
        "publie_le": at.astimezone(PARIS).isoformat(timespec="seconds"),
        "licence": LICENCE,
        "adresse_licence": ADRESSE_LICENCE,
        "source": settings.ADRESSE_PUBLIQUE,
    }
