"""From blocks to clean Markdown."""

import re
from collections.abc import Sequence

from pistes.carnet.blocs import Bloc, Nature
from pistes.carnet.contexte import Contexte
from pistes.carnet.coupures import recoller_mots, sans_echappements
from pistes.carnet.grammaire import nu
from pistes.carnet.liens import nettoyer_liens, reste_ouvert
from pistes.carnet.modele import Genre
from pistes.carnet.paragraphes import Morceau, assembler
from pistes.carnet.renvois import ecrire, relever

_SAUT_DE_LIGNE = re.compile(r"(?<! ) {2,}\n\s*(?=\S)")


def texte_de(blocs: Sequence[Bloc], contexte: Contexte) -> str:
    """The blocks as one Markdown text: links mended, references in words, cut sentences joined."""
    return assembler([_morceau(bloc, contexte) for bloc in recoller_adresses(blocs)], contexte)


def titre_de(bloc: Bloc, contexte: Contexte) -> str:
    """A heading's words, cleaned; its references are noted like the others."""
    return nu(" ".join(propre(bloc, contexte).split())).rstrip(" :").strip()


def propre(bloc: Bloc, contexte: Contexte) -> str:
    """One block's text, cleaned."""
    texte, ligne = "\n".join(bloc.lignes), bloc.ligne
    relever(texte, ligne, contexte.depuis, contexte.plages, contexte.journal)
    texte = nettoyer_liens(texte, ligne, contexte.journal)
    texte = recoller_mots(texte, ligne, contexte)
    texte = sans_echappements(ecrire(texte), ligne, contexte)
    # A hard line break is wanted; a plain one is the printer's.
    lignes = (" ".join(part.split()) for part in _SAUT_DE_LIGNE.split(texte.strip()))
    return "  \n".join(part for part in lignes if part)


def recoller_adresses(blocs: Sequence[Bloc]) -> list[Bloc]:
    """Join a paragraph that stops inside an address with the single word that follows it."""
    faits: list[Bloc] = []
    for bloc in blocs:
        if faits and _est_la_fin_de_l_adresse(faits[-1], bloc):
            avant = faits[-1]
            # The blank lines between keep the numbering of the second half true.
            lignes = (*avant.lignes, *[""] * (bloc.ligne - avant.fin - 1), *bloc.lignes)
            faits[-1] = Bloc(avant.ligne, avant.nature, lignes, avant.niveau, avant.blancs)
        else:
            faits.append(bloc)
    return faits


def _est_la_fin_de_l_adresse(avant: Bloc, bloc: Bloc) -> bool:
    seul_mot = bloc.nature is Nature.PARAGRAPHE and len(bloc.texte.split()) == 1
    return seul_mot and avant.nature is not Nature.TITRE and reste_ouvert(avant.texte)


def _morceau(bloc: Bloc, contexte: Contexte) -> Morceau:
    if bloc.nature is Nature.TITRE:
        titre = titre_de(bloc, contexte)
        contexte.journal.douter(
            bloc.ligne,
            Genre.TITRE_DE_NIVEAU_INATTENDU,
            f"« {titre} » n'est le titre d'aucune partie connue : il reste en gras dans le texte.",
        )
        return Morceau(bloc.ligne, f"**{titre}**" if titre else "", titre=True)
    if bloc.nature is Nature.MOTS_CLES:
        contexte.journal.douter(
            bloc.ligne,
            Genre.MOTS_CLES_DEPLACES,
            f"Ces mots-clés ne sont pas sous un titre de piste, ils restent dans le texte : "
            f"{bloc.texte}",
        )
    return Morceau(bloc.ligne, propre(bloc, contexte), bloc.nature is Nature.POINT)
