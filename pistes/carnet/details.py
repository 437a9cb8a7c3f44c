"""The titled points under "Détails"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pistes.carnet.blocs import Bloc, Nature
from pistes.carnet.contexte import Contexte
from pistes.carnet.grammaire import nu
from pistes.carnet.modele import DetailLu, Genre
from pistes.carnet.textes import texte_de, titre_de

_EN_GRAS = re.compile(r"\*\*[^*]{1,150}\*\*\s*[:.]?")
# Most titles are bold list items; the others came out as headings of this level.
_NIVEAU = 3
_LONGUEUR_DE_TITRE = 150


@dataclass
class _Groupe:
    titre: Bloc | None
    blocs: list[Bloc] = field(default_factory=list)


def lire_details(blocs: Sequence[Bloc], contexte: Contexte) -> tuple[str, tuple[DetailLu, ...]]:
    """What precedes the first titled point, then the points."""
    groupes = [_Groupe(None)]
    for rang, bloc in enumerate(blocs):
        voisins = (blocs[rang - 1] if rang else None, _suivant(blocs, rang))
        if not _est_un_titre(bloc, *voisins, contexte):
            groupes[-1].blocs.append(bloc)
            continue
        groupes.append(_Groupe(Bloc(bloc.ligne, bloc.nature, bloc.lignes[:1], bloc.niveau)))
        if len(bloc.lignes) > 1:
            # The text went on under the title without a blank line.
            groupes[-1].blocs.append(Bloc(bloc.ligne + 1, Nature.PARAGRAPHE, bloc.lignes[1:]))
    chapeau = texte_de(groupes[0].blocs, contexte)
    return chapeau, tuple(_detail(groupe, contexte) for groupe in groupes[1:])


def _suivant(blocs: Sequence[Bloc], rang: int) -> Bloc | None:
    return blocs[rang + 1] if rang + 1 < len(blocs) else None


def _detail(groupe: _Groupe, contexte: Contexte) -> DetailLu:
    titre = titre_de(groupe.titre, contexte) if groupe.titre else ""
    ligne = groupe.titre.ligne if groupe.titre else groupe.blocs[0].ligne
    return DetailLu(titre, texte_de(groupe.blocs, contexte), ligne)


def _est_un_titre(bloc: Bloc, avant: Bloc | None, apres: Bloc | None, contexte: Contexte) -> bool:
    if bloc.nature is Nature.TITRE:
        if bloc.niveau != _NIVEAU:
            contexte.journal.douter(
                bloc.ligne,
                Genre.TITRE_DE_NIVEAU_INATTENDU,
                f"Titre de niveau {bloc.niveau} sous « Détails », lu comme celui d'un détail : "
                f"« {bloc.texte} ».",
            )
        return True
    en_gras = _EN_GRAS.fullmatch(bloc.lignes[0].strip()) is not None
    if bloc.nature is Nature.POINT and en_gras:
        return True
    if not (en_gras and len(bloc.lignes) == 1) and not _ressemble_a_un_titre(bloc, avant, apres):
        return False
    contexte.journal.douter(
        bloc.ligne,
        Genre.TITRE_INCERTAIN,
        f"Cette ligne seule est lue comme le titre d'un détail : « {nu(bloc.texte)} ».",
    )
    return True


def _ressemble_a_un_titre(bloc: Bloc, avant: Bloc | None, apres: Bloc | None) -> bool:
    """A list item alone between blank lines, which does not end like a sentence."""
    texte = bloc.texte
    if bloc.nature is not Nature.POINT or not bloc.blancs or len(bloc.lignes) > 1:
        return False
    suit_une_liste = avant is not None and avant.nature is Nature.POINT
    if (suit_une_liste and not _EN_GRAS.fullmatch(avant.texte if avant else "")) or apres is None:
        return False
    introduit_un_texte = apres.nature is Nature.PARAGRAPHE and apres.blancs > 0
    bien_forme = texte[:1].isupper() and texte[-1:] not in ".,;:!?"
    return introduit_un_texte and bien_forme and len(texte) <= _LONGUEUR_DE_TITRE
