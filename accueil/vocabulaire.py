"""« Did you mean »: the nearest words of the catalogue to a mistyped one.

PostgreSQL's trigrams are not there (see config/recherche.py), so the words are kept in memory with an index of
their pairs of letters: a few candidates share most pairs with what was typed, and only these are compared.
"""

import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from threading import Lock

from django.core.cache import cache

from config.recherche import mots, normaliser
from pistes.models import EditionOrientation, EditionPiste
from reflexes.models import ControverseFigee, TerrainFige, empreinte_de

CLE = "accueil-vocabulaire"
# Seconds. A task renews the words every hour, so that readers hardly ever wait for it.
DUREE = 2 * 3600
LONGUEUR_MINIMALE = 4
MOTS_AU_PLUS = 30_000
CANDIDATS = 40
RESSEMBLANCE = 0.72
_MOT = re.compile(r"[^\W\d_]{4,30}")


class Vocabulaire:
    """Words by their plain form, with the spelling to show, and the index of their pairs of letters."""

    def __init__(self, ecritures: dict[str, str]) -> None:
        self.ecritures = ecritures
        self._par_paire: dict[str, list[str]] = defaultdict(list)
        for mot in ecritures:
            for paire in _paires(mot):
                self._par_paire[paire].append(mot)

    def proche(self, mot: str) -> str:
        """The word that resembles most, "" when none does enough. Accents and case do not count."""
        communes: Counter[str] = Counter()
        siennes = _paires(mot)
        for paire in siennes:
            communes.update(self._par_paire.get(paire, ()))
        meilleur, score = "", RESSEMBLANCE
        for candidat, _ in communes.most_common(CANDIDATS):
            if abs(len(candidat) - len(mot)) > 3:
                continue
            ressemblance = SequenceMatcher(None, mot, candidat).ratio()
            if ressemblance > score:
                meilleur, score = candidat, ressemblance
        return meilleur


def suggestion(saisie: str) -> str:
    """What was typed with its unknown words replaced by the nearest known ones; "" when nothing changes."""
    tapes = mots(saisie)
    if not any(len(mot) >= LONGUEUR_MINIMALE for mot in tapes):
        return ""
    vocabulaire = _vocabulaire()
    proposes = [_corrige(mot, vocabulaire) for mot in tapes]
    if [normaliser(mot) for mot in proposes] == tapes:
        return ""
    return " ".join(proposes)


def _corrige(mot: str, vocabulaire: Vocabulaire) -> str:
    if len(mot) < LONGUEUR_MINIMALE or mot in vocabulaire.ecritures:
        return vocabulaire.ecritures.get(mot, mot)
    proche = vocabulaire.proche(mot)
    return vocabulaire.ecritures[proche] if proche else mot


def _paires(mot: str) -> set[str]:
    entoure = f" {mot} "
    return {entoure[i : i + 2] for i in range(len(entoure) - 1)}


@dataclass(frozen=True)
class _Memoire:
    """What this process holds; ``jusqu_a`` is the clock at which words no cache could keep are read again."""

    marque: str
    vocabulaire: Vocabulaire
    jusqu_a: float


# Making the index takes longer than a search: once a process, until the words change.
_memoire: _Memoire | None = None
_verrou = Lock()


def _vocabulaire() -> Vocabulaire:
    """From this process, else from the cache, else from the texts."""
    global _memoire
    with _verrou:
        marque = cache.get(f"{CLE}-marque")
        connue = _memoire
        if connue is not None and (connue.marque == marque or time.monotonic() < connue.jusqu_a):
            return connue.vocabulaire
        ecritures = cache.get(CLE) if marque else None
        if ecritures is None:
            marque, ecritures = renouveler()
        sans_cache = cache.get(f"{CLE}-marque") != marque
        jusqu_a = time.monotonic() + DUREE if sans_cache else 0.0
        _memoire = _Memoire(marque, Vocabulaire(ecritures), jusqu_a)
        return _memoire.vocabulaire


def renouveler() -> tuple[str, dict[str, str]]:
    """Read the public texts again and keep their words; return them with their mark. Four queries."""
    comptes: dict[str, Counter[str]] = defaultdict(Counter)
    for texte in _textes():
        for mot in _MOT.findall(texte):
            bas = mot.lower()
            comptes[normaliser(bas)][bas] += 1
    frequents = sorted(comptes, key=lambda plat: -comptes[plat].total())[:MOTS_AU_PLUS]
    ecritures = {plat: comptes[plat].most_common(1)[0][0] for plat in frequents}
    marque = empreinte_de(ecritures)
    cache.set(CLE, ecritures, DUREE)
    cache.set(f"{CLE}-marque", marque, DUREE)
    return marque, ecritures


def _textes() -> Iterator[str]:
    """All that is public and curated; not what people said, whose slips would be suggested."""
    sources: Iterable[tuple[object, tuple[str, ...]]] = [
        (
            EditionPiste.objects.publies(),
            ("titre", "accroche", "constat", "levier", "texte_annexe"),
        ),
        (EditionOrientation.objects.publies(), ("titre", "texte", "question")),
        (ControverseFigee.objects.en_vigueur(), ("theme", "pole_a", "pole_b", "texte")),
        (TerrainFige.objects.en_vigueur(), ("titre", "texte")),
    ]
    for lignes, champs in sources:
        for ligne in lignes.values_list(*champs).iterator(chunk_size=500):  # type: ignore[attr-defined]
            yield from ligne
