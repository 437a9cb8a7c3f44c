"""Rows as JSON: what was asked, the dictionary of the columns, then the rows, streamed."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from rapports.colonnes import Colonne, Ligne

PAQUET = 200


def morceaux(
    colonnes: tuple[Colonne, ...], lignes: Iterable[Ligne], entete: Mapping[str, Any]
) -> Iterator[str]:
    """The file, piece by piece. Dates are ISO days; texts are as they were written, never neutralised."""
    cles = [colonne.cle for colonne in colonnes]
    dites = [{"cle": c.cle, "titre": c.titre, "contenu": c.en_mots} for c in colonnes]
    debut = json.dumps({**entete, "colonnes": dites}, ensure_ascii=False)
    yield f'{debut[:-1]}, "lignes": ['
    lignes, premiere = iter(lignes), True
    while paquet := list(islice(lignes, PAQUET)):
        objets = [
            json.dumps(dict(zip(cles, ligne, strict=True)), ensure_ascii=False, default=_jour)
            for ligne in paquet
        ]
        yield ("\n" if premiere else ",\n") + ",\n".join(objets)
        premiere = False
    yield "\n]}\n"


def _jour(valeur: Any) -> str:
    if isinstance(valeur, dt.date):
        return valeur.isoformat()
    raise TypeError(f"No JSON for {type(valeur)}.")
