"""What the contents announce: a line per piste, with its page, its promise and its mots-clés."""

import re
from dataclasses import dataclass

from pistes.carnet import grammaire
from pistes.carnet.blocs import Bloc, Nature

_ENTREE = re.compile(r"\*\*(.+?)\*\*\s*(?:<sup>\s*([^<]{0,20}?)\s*</sup>)?\s*(.*)", re.S)
_MOTS_CLES_LIES = re.compile(r"\[?#[^\W\d_][\w-]*\]?(?:\([^)\s]*\))?")


@dataclass(frozen=True, slots=True)
class Annonce:
    """A piste as the contents (or, failing them, an orientation's own list) announce it."""

    titre: str
    page: int | None
    page_ecrite: str
    accroche: str
    mots_cles: tuple[str, ...]
    orientation: int | None
    ligne: int
    au_sommaire: bool = True


def annonce(bloc: Bloc, orientation: int | None) -> Annonce | None:
    """Read ``- **Titre** <sup>22</sup>, pour … [#Mot](#)``; None when it is something else."""
    trouve = _ENTREE.fullmatch(bloc.texte) if bloc.nature is Nature.POINT else None
    if trouve is None:
        return None
    titre, page, suite = trouve[1], trouve[2] or "", trouve[3]
    mots_cles = grammaire.mots_cles(suite)
    accroche = " ".join(sans_mots_cles(suite).split()).lstrip(", ").rstrip(" .")
    if not mots_cles and not (page and accroche):
        return None
    return Annonce(
        grammaire.nu(titre),
        numero_de_page(page),
        page,
        accroche,
        mots_cles,
        orientation,
        bloc.ligne,
    )


def est_entree(bloc: Bloc) -> bool:
    """Whether this block is a line of the contents."""
    return annonce(bloc, None) is not None


def sans_mots_cles(texte: str) -> str:
    """A text without its ``[#Mot](#)``."""
    return _MOTS_CLES_LIES.sub("", texte)


def numero_de_page(ecrit: str) -> int | None:
    """A page number of the notebook, or None when it is not one."""
    return int(ecrit) if re.fullmatch(r"[0-9]{1,4}", ecrit) else None
