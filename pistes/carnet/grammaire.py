"""The notebook's own grammar: how it names its parts. None means "not one of these"."""

import re
from enum import IntEnum

from pistes.carnet.blocs import Bloc, Nature
from pistes.carnet.mots import cle

_ORIENTATION = re.compile(
    r"orientation\s*(?:n[°o]\s*|#\s*)?(\d{1,2})\b\s*[:.–—-]?\s*(.*)", re.I | re.S
)
_PISTE = re.compile(r"piste\s*(?:n°\s*)?(?:\d{1,2}\s*)?[•·∙●:–—-]\s*(.*)", re.I | re.S)
_TERRAIN = re.compile(r"\[?\s*terrain\s*(\d{1,2})\s*\.\s*(\d{1,2})\s*\]?\s*[:.–—-]?\s*(.*)", re.I)
_CONTROVERSE = re.compile(r"controverse\s*(?:n°|#)?\s*(\d{1,2})", re.I)
_LES_PISTES = re.compile(r"les pistes\s+#?\s*([\w-]+)\s+sont\s*:?", re.I)
_MOT_CLE = re.compile(r"#([^\W\d_][\w-]*)")
_ET_AUSSI = "et aussi"
_SOMMAIRES = ("table des matieres", "sommaire")


class Rubrique(IntEnum):
    """The parts of a piste, in the order the notebook prints them."""

    CONSTAT = 0
    LEVIER = 1
    DETAILS = 2
    INSPIRATIONS = 3


_RUBRIQUES = {
    "constat": Rubrique.CONSTAT,
    "levier": Rubrique.LEVIER,
    "leviers": Rubrique.LEVIER,
    "detail": Rubrique.DETAILS,
    "details": Rubrique.DETAILS,
    "inspiration": Rubrique.INSPIRATIONS,
    "inspirations": Rubrique.INSPIRATIONS,
}


def nu(texte: str) -> str:
    """A title without the bold, the bullet and the spaces around it."""
    return texte.strip().strip("*_").strip().removeprefix("•").strip().strip("*_").strip()


def _peut_nommer(bloc: Bloc) -> bool:
    """A heading, or a short paragraph: the conversion sometimes drops the #."""
    if bloc.nature is Nature.TITRE:
        return True
    return bloc.nature is Nature.PARAGRAPHE and len(bloc.lignes) == 1 and len(bloc.texte) < 120


def orientation(bloc: Bloc) -> tuple[int, str] | None:
    """``## Orientation 3``, with its title when it is on the same line."""
    trouve = _ORIENTATION.fullmatch(nu(bloc.texte)) if _peut_nommer(bloc) else None
    if trouve is None or (bloc.nature is not Nature.TITRE and trouve[2]):
        return None
    return int(trouve[1]), nu(trouve[2])


def piste(bloc: Bloc) -> str | None:
    """``## Piste • Titre``: the title, which may be empty."""
    if not _peut_nommer(bloc):
        return None
    texte = nu(bloc.texte)
    if bloc.nature is not Nature.TITRE and "•" not in texte:
        return None
    trouve = _PISTE.fullmatch(texte)
    return nu(trouve[1]) if trouve else None


def rubrique(bloc: Bloc) -> Rubrique | None:
    """``## Levier``, ``## Détails``, ``## Inspirations``."""
    return _RUBRIQUES.get(cle(bloc.texte)) if _peut_nommer(bloc) else None


def terrain(bloc: Bloc) -> tuple[int, int, str] | None:
    """``#### [Terrain 1.2]``: the controverse's number, its own, the title if on the same line."""
    trouve = _TERRAIN.fullmatch(nu(bloc.texte)) if _peut_nommer(bloc) else None
    return (int(trouve[1]), int(trouve[2]), nu(trouve[3])) if trouve else None


def controverse(bloc: Bloc) -> int | None:
    """``## Controverse #2``."""
    trouve = _CONTROVERSE.fullmatch(nu(bloc.texte)) if _peut_nommer(bloc) else None
    return int(trouve[1]) if trouve else None


def poles(bloc: Bloc) -> tuple[str, str, str] | None:
    """``### Thème, pôle A ou pôle B ?``: theme and poles."""
    texte = nu(bloc.texte)
    if bloc.nature is not Nature.TITRE or not texte.endswith("?"):
        return None
    theme, separateur, reste = texte.rstrip(" ?").partition(" : ")
    if not separateur:
        theme, separateur, reste = texte.rstrip(" ?").partition(", ")
    pole_a, ou, pole_b = reste.partition(" ou ")
    return (theme.strip(), pole_a.strip(), pole_b.strip()) if ou else None


def mot_cle_declare(bloc: Bloc) -> str | None:
    """``Les pistes #influence sont :`` on an orientation's page: the word."""
    trouve = _LES_PISTES.fullmatch(bloc.texte.replace("*", "").strip())
    return trouve[1] if trouve else None


def est_et_aussi(bloc: Bloc) -> bool:
    """``et aussi :``, alone or caught by the list it introduces."""
    return cle(bloc.texte) == _ET_AUSSI


def est_sommaire(bloc: Bloc) -> bool:
    """The heading of the contents."""
    return bloc.nature is Nature.TITRE and cle(bloc.texte).startswith(_SOMMAIRES)


def mots_cles(texte: str) -> tuple[str, ...]:
    """The ``#Mot`` of a text, without #."""
    return tuple(_MOT_CLE.findall(texte))
