"""The original, line by line, with what the reading doubted."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pistes.carnet.blocs import lignes_de
from pistes.models import Importation, PieceImportee

# Of one piece: beyond, the page says where the rest is.
LIGNES_MONTREES = 600


@dataclass
class Ligne:
    """One line of the document, numbered from 1."""

    numero: int
    texte: str
    doutes: list[str] = field(default_factory=list)
    visee: bool = False


def lignes_de_la_piece(importation: Importation, piece: PieceImportee) -> list[Ligne]:
    """The lines of a piece, doubts at theirs; a doubt about several lights them all."""
    debut = piece.ligne_debut
    fin = min(piece.ligne_fin, debut + LIGNES_MONTREES - 1)
    textes = lignes_de(importation.texte)[debut - 1 : fin]
    lignes = [Ligne(n, texte) for n, texte in enumerate(textes, debut)]
    for doute in importation.doutes:
        for n in range(max(doute["ligne"], debut), min(doute["fin"] or doute["ligne"], fin) + 1):
            lignes[n - debut].visee = True
        if debut <= doute["ligne"] <= fin:
            lignes[doute["ligne"] - debut].doutes.append(doute["message"])
    return lignes


def doutes_hors_pieces(importation: Importation, pieces: Iterable[PieceImportee]) -> list[Ligne]:
    """The doubts about what is in no piece, with the words of their line."""
    plages = [(piece.ligne_debut, piece.ligne_fin) for piece in pieces]
    textes = lignes_de(importation.texte)
    par_ligne: dict[int, Ligne] = {}
    for doute in importation.doutes:
        n = doute["ligne"]
        if not any(debut <= n <= fin for debut, fin in plages):
            texte = textes[n - 1] if 0 < n <= len(textes) else ""
            par_ligne.setdefault(n, Ligne(n, texte)).doutes.append(doute["message"])
    return [par_ligne[n] for n in sorted(par_ligne)]
