"""Comparing what the notebook says it contains with what was read."""

import re
from collections.abc import Iterable, Mapping

from pistes.carnet.blocs import Bloc
from pistes.carnet.journal import Journal
from pistes.carnet.modele import Genre

_MOTS = (
    ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze")
    + ("treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf", "vingt")
)  # fmt: skip
_EN_LETTRES = {mot: nombre for nombre, mot in enumerate(_MOTS, start=2)}
_ANNONCE = re.compile(
    rf"\b(\d{{1,3}}|{'|'.join(sorted(_EN_LETTRES, key=len, reverse=True))})\s+(?:grandes?\s+)?"
    r"(controverses|phénomènes|terrains|orientations|pistes)\b",
    re.I,
)


def comparer(blocs: Iterable[Bloc], lus: Mapping[str, int], journal: Journal) -> None:
    """Doubt every announced number that is not ``lus``'s (keys: controverses, terrains, …)."""
    dits: set[tuple[str, int]] = set()
    for bloc in blocs:
        for trouve in _ANNONCE.finditer(bloc.texte):
            ecrit, nom = trouve[1].lower(), trouve[2].lower()
            nombre = int(ecrit) if ecrit.isdigit() else _EN_LETTRES[ecrit]
            lu = lus["terrains" if nom == "phénomènes" else nom]
            if nombre != lu and (nom, nombre) not in dits:
                dits.add((nom, nombre))
                journal.douter(
                    bloc.ligne,
                    Genre.NOMBRE_ANNONCE,
                    f"Le carnet annonce {nombre} {nom}, {lu} ont été lus.",
                )
