"""What the columns of a suggestion say, in words: what fits, and what does not.

The order of a page may be checked by counting these very sentences (docs/suggestions.md). ``convient`` is also told
to the person, in the mail that proposes a need: its words read as well to them as to the cellule.
"""

import dataclasses
import functools
import re
from typing import TYPE_CHECKING

from config.recherche import normaliser
from engagement.semaine import en_mots

if TYPE_CHECKING:
    from engagement.models import Besoin, Offre

# From how many half-days left before a maximum one says it.
BIENTOT = 2
MOTS_DITS = 3
# Words that say nothing of a mission.
VIDES = (
    "demi journee jour jours semaine personne besoin aide aider faire renfort offre proposer pouvoir aimer "
    "aime sais savoir deux trois matin apres midi temps heure mois tous toute bien disponible"
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Faits:
    """One offer beside one need, as the database sees it (engagement/suggestions_sql.py, COLONNES).

    Half-days are masks of the week (engagement/semaine.py). ``possible`` None: the need names no half-day.
    ``detail``: slots looked at one by one; from its fourth place, what forbids all of them.
    """

    besoin_id: int
    offre_id: int
    proche: int
    masque: int
    possible: int | None
    commun: int
    prefere: bool
    autres_genres: bool
    fait: bool
    jamais_fait: bool
    parle: bool
    en_cours: int
    reste_semaine: int | None
    reste_mois: int | None
    detail: list[int | None] | None
    atteint: bool
    tous: int
    sollicitations: int
    absente: bool | None
    demande: bool
    lexemes: list[str] | None
    deja: str | None = None


def convient(faits: Faits, besoin: "Besoin", offre: "Offre") -> list[str]:
    """What fits."""
    dits = []
    if faits.proche >= 2:
        dits.append("même commune" if faits.proche == 3 else "même intercommunalité")
    if faits.commun:
        dits.append(f"{en_mots(faits.commun)} en commun")
    if faits.parle:
        communs = mots_communs(faits.lexemes or [], offre)
        dits.append(f"mots en commun : {', '.join(communs)}" if communs else "mots en commun")
    if faits.prefere:
        dits.append("genre de mission préféré")
    if faits.fait and besoin.genre is not None:
        dits.append(f"déjà fait : {_bas(besoin.genre.libelle)}")
    return [dit[:200] for dit in dits]


def manque(faits: Faits, besoin: "Besoin", offre: "Offre") -> list[str]:
    """What does not fit, and forbids nothing."""
    dits = []
    if faits.proche < 2:
        dits.append("dans une autre intercommunalité du département")
    if faits.tous and not faits.commun:
        dits.append("aucune demi-journée en commun")
    elif faits.commun and faits.commun != faits.masque:
        dits.append(f"pas disponible : {en_mots(faits.masque & ~faits.commun)}")
    if faits.autres_genres:
        dits.append("préfère d'autres genres de mission")
    if faits.jamais_fait and besoin.genre is not None:
        dits.append(f"n'a jamais fait {_de(besoin.genre.libelle)}")
    if faits.en_cours:
        dits.append("a déjà une proposition en cours")
    for reste, quoi in ((faits.reste_semaine, "de la semaine"), (faits.reste_mois, "du mois")):
        if reste is not None and reste <= BIENTOT:
            dits.append(f"à {reste} demi-journée{'s' if reste > 1 else ''} du maximum {quoi}")
    return [dit[:200] for dit in dits]


def mots_communs(lexemes: list[str], offre: "Offre") -> list[str]:
    """The words of the offer, as they were written, behind stems it shares with the need; three at most."""
    trouves: dict[str, str] = {}
    for mot, normal in _mots_ecrits(" ".join([offre.envies, offre.titre, *offre.etiquettes])):
        for radical in lexemes:
            if normal.startswith(radical[:-1]) and len(normal) - len(radical) <= 5:
                trouves.setdefault(radical, mot)
                break
        if len(trouves) == MOTS_DITS:
            break
    return list(dict.fromkeys(trouves.values()))


@functools.lru_cache(maxsize=4096)  # the same offer is read beside hundreds of needs
def _mots_ecrits(texte: str) -> list[tuple[str, str]]:
    """Each word in lower case, and without its accents."""
    lus = re.findall(r"\w+", texte.lower())
    return [(mot[:40], normaliser(mot)) for mot in lus if len(mot) > 2]


def _bas(libelle: str) -> str:
    return libelle[:1].lower() + libelle[1:]


def _de(libelle: str) -> str:
    """« d'accueil », « de distribution alimentaire »."""
    dit = _bas(libelle)
    return f"d'{dit}" if normaliser(dit)[:1] in set("aeiouy") else f"de {dit}"
