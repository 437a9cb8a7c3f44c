"""Writing a large export: by parts that survive their worker, then as one file that appears whole or not at all.

First the keys of the rows, in the order of the screen; then the rows by parts of two thousand, each a file of
its own. Whoever takes over after a death goes on after the last part. The rights of the reader are asked again
with each part: what they lost the right to see in between does not leave.
"""

import array
import datetime as dt
import json
import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from config.jours import PARIS
from rapports.catalogue import EXPORTS
from rapports.colonnes import Lecture, Ligne
from rapports.exports import ColonneInconnue
from rapports.formats import FORMATS
from rapports.models import ExportAbandonne, ExportFait

if TYPE_CHECKING:
    from config.filtres import Filtre
    from rapports.exports import Export

journal = logging.getLogger(__name__)
PAR_PARTIE = 2_000
FINI = "fini"


class ExportImpossible(Exception):
    """It can no longer be written: its reader has left, or its filter means nothing any more."""


def dossier_de(fait: ExportFait) -> Path:
    """Where its parts and its file are; never served as it is."""
    return Path(settings.MEDIA_ROOT) / "exports" / str(fait.reference)


def fichier_de(fait: ExportFait) -> Path:
    """The finished file: it is there whole, or not at all."""
    return dossier_de(fait) / FINI


def preparer(pk: int) -> bool:
    """Write one export, if nobody else does; return whether its file is there now."""
    fait = ExportFait.objects.select_related("par").filter(pk=pk).first()
    if fait is None or not fait.prendre():
        return False
    try:
        _ecrire(fait)
    except ExportAbandonne:
        return False
    except ExportImpossible:
        fait.echouer()
        return False
    return True


def oublier(fait: ExportFait) -> None:
    """Erase its parts and its file."""
    shutil.rmtree(dossier_de(fait), ignore_errors=True)


def _ecrire(fait: ExportFait) -> None:
    export, filtre, lecture = _demande(fait)
    dossier = dossier_de(fait)
    dossier.mkdir(parents=True, exist_ok=True)
    tableur = FORMATS[fait.format].tableur
    cles = _cles(dossier, export, filtre, lecture)
    for rang, debut in enumerate(range(0, len(cles), PAR_PARTIE)):
        fait.avancer(debut)
        partie = dossier / f"{rang:06}.jsonl"
        if not partie.exists():
            lot = cles[debut : debut + PAR_PARTIE].tolist()
            _poser(partie, _lignes_du_lot(export, filtre, lecture, lot, tableur=tableur))
    _assembler(fait, export, dossier)


def _demande(fait: ExportFait) -> "tuple[Export, Filtre, Lecture]":
    """What was asked, with the rights its reader has now. Raises ExportImpossible."""
    export = EXPORTS.get(fait.quoi)
    if export is None or fait.par is None or not fait.par.is_active:
        raise ExportImpossible
    filtre = export.filtre(fait.filtre, fait.par)
    if not export.ouvert_a(fait.par) or not filtre.is_valid():
        raise ExportImpossible
    try:
        reduit = export.pour(fait.par).reduit_a(fait.colonnes)
    except ColonneInconnue as erreur:
        raise ExportImpossible from erreur
    return reduit, filtre, Lecture(fait.par, fait.fait_le)


def _cles(
    dossier: Path, export: "Export", filtre: "Filtre", lecture: Lecture
) -> "array.array[int]":
    """The keys of its rows in their order: eight bytes each, read once."""
    chemin = dossier / "cles"
    cles = array.array("q")
    if chemin.exists():
        cles.frombytes(chemin.read_bytes())
        return cles
    lues = export.selection(filtre, lecture).values_list("pk", flat=True)
    cles.extend(lues.iterator(chunk_size=20_000))
    _poser(chemin, iter([cles.tobytes()]))
    return cles


def _lignes_du_lot(
    export: "Export", filtre: "Filtre", lecture: Lecture, lot: list[int], *, tableur: bool
) -> Iterator[bytes]:
    """The rows of these keys, in this order, as lines of JSON; those no longer visible are left out."""
    brutes = export.requete(filtre, lecture).filter(pk__in=lot)
    lignes = dict(export.nettoyees(brutes, tableur=tableur))
    for cle in lot:
        if cle in lignes:
            ligne = json.dumps(lignes[cle], ensure_ascii=False, default=dt.date.isoformat)
            yield f"{ligne}\n".encode()


def _poser(chemin: Path, morceaux: Iterator[bytes]) -> None:
    """A file that is there whole or not at all."""
    provisoire = chemin.with_suffix(f".{os.getpid()}.tmp")
    with provisoire.open("wb") as sortie:
        for morceau in morceaux:
            sortie.write(morceau)
    provisoire.replace(chemin)


def _assembler(fait: ExportFait, export: "Export", dossier: Path) -> None:
    compte = [0]
    lignes = _relues(fait, export, dossier, compte)
    provisoire = dossier / f"{FINI}.{os.getpid()}.tmp"
    with provisoire.open("wb") as sortie:
        FORMATS[fait.format].ecrire(sortie, export, lignes, entete(fait))
        taille = sortie.tell()
    provisoire.replace(dossier / FINI)
    fait.achever(lignes=compte[0], taille=taille)
    for reste in [*dossier.glob("*.jsonl"), *dossier.glob("*.tmp"), dossier / "cles"]:
        reste.unlink(missing_ok=True)


def _relues(
    fait: ExportFait, export: "Export", dossier: Path, compte: list[int]
) -> Iterator[Ligne]:
    """The rows of every part, one after the other, their dates again dates; counts them as they pass."""
    dates = [rang for rang, colonne in enumerate(export.colonnes) if colonne.genre == "date"]
    for partie in sorted(dossier.glob("*.jsonl")):
        fait.avancer(compte[0] or fait.faites)
        with partie.open(encoding="utf-8") as texte:
            for brute in texte:
                ligne = json.loads(brute)
                for rang in dates:
                    if ligne[rang]:
                        ligne[rang] = dt.date.fromisoformat(ligne[rang])
                compte[0] += 1
                yield tuple(ligne)


def entete(fait: ExportFait) -> dict[str, Any]:
    """What a JSON file says of itself."""
    return {
        "donnees": fait.quoi,
        "fait_le": fait.fait_le.astimezone(PARIS).isoformat(timespec="seconds"),
        "filtre": fait.filtre,
    }
