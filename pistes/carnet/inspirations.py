"""The inspirations of a piste: title, place, text, link."""

import re
from collections.abc import Sequence

from pistes.carnet.blocs import Bloc, Nature
from pistes.carnet.contexte import Contexte
from pistes.carnet.liens import lien_seul, premier_lien
from pistes.carnet.lieux import lieu_du_titre
from pistes.carnet.modele import Genre, InspirationLue
from pistes.carnet.mots import debut
from pistes.carnet.textes import texte_de, titre_de

_NIVEAU = 3
_EN_GRAS = re.compile(r"\*\*[^*]{3,120}\*\*")


def lire_inspirations(blocs: Sequence[Bloc], contexte: Contexte) -> tuple[InspirationLue, ...]:
    """One inspiration a heading, whatever its level."""
    lues: list[InspirationLue] = []
    titre: Bloc | None = None
    corps: list[Bloc] = []
    for bloc in blocs:
        if not _est_un_titre(bloc, contexte):
            corps.append(bloc)
            continue
        if titre or corps:
            lues.append(_inspiration(titre, corps, contexte))
        titre, corps = bloc, []
    if titre or corps:
        lues.append(_inspiration(titre, corps, contexte))
    return tuple(lues)


def _est_un_titre(bloc: Bloc, contexte: Contexte) -> bool:
    if bloc.nature is Nature.TITRE:
        if bloc.niveau != _NIVEAU:
            contexte.journal.douter(
                bloc.ligne,
                Genre.TITRE_DE_NIVEAU_INATTENDU,
                f"Titre de niveau {bloc.niveau} sous « Inspirations », lu comme celui d'une "
                f"inspiration : « {bloc.texte} ».",
            )
        return True
    if not _EN_GRAS.fullmatch(bloc.texte):
        return False
    contexte.journal.douter(
        bloc.ligne,
        Genre.TITRE_INCERTAIN,
        f"Cette ligne en gras est lue comme le titre d'une inspiration : « {bloc.texte} ».",
    )
    return True


def _inspiration(bloc_titre: Bloc | None, corps: list[Bloc], contexte: Contexte) -> InspirationLue:
    titre = titre_de(bloc_titre, contexte) if bloc_titre else ""
    ligne = bloc_titre.ligne if bloc_titre else corps[0].ligne
    if not titre:
        contexte.journal.douter(
            ligne,
            Genre.INSPIRATION_SANS_TITRE,
            f"Ce texte sous « Inspirations » n'a pas de titre : « {debut(corps[0].texte)} »."
            if corps
            else "Cette inspiration n'a ni titre ni texte.",
        )
    texte, lien = _separer_le_lien(texte_de(corps, contexte))
    return InspirationLue(titre, _lieu(titre, ligne, contexte), texte, lien, ligne)


def _separer_le_lien(texte: str) -> tuple[str, str]:
    """Take out the first paragraph that is only an address; else copy the first address."""
    paragraphes = texte.split("\n\n")
    for rang, paragraphe in enumerate(paragraphes):
        if lien := lien_seul(paragraphe):
            return "\n\n".join(paragraphes[:rang] + paragraphes[rang + 1 :]), lien
    return texte, premier_lien(texte)


def _lieu(titre: str, ligne: int, contexte: Contexte) -> str:
    lieu, certain = lieu_du_titre(titre)
    if not certain:
        contexte.journal.douter(
            ligne, Genre.LIEU_DEDUIT, f"Lieu deviné d'après le titre « {titre} » : {lieu}."
        )
    return lieu
