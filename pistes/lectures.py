"""The one door for documents: recognise the format, call its reader, hand over pieces and doubts."""

from collections.abc import Iterable
from itertools import pairwise

from pistes.carnet import analyse as carnet
from pistes.carnet.blocs import decouper, lignes_de
from pistes.carnet.erreurs import CarnetIllisible
from pistes.carnet.modele import PisteLue
from pistes.carnet.sections import sectionner
from pistes.ensemble import analyse as ensemble
from pistes.ensemble.decoupe import contient_des_leviers
from pistes.importation import texte_lu
from pistes.lu import DouteLu, Lecture, PieceLue

# The 2020 notebook has 1 615 lines and 101 doubts. Beyond, it is another document, and a page would wait.
LIGNES, DOUTES = 8_000, 2_000
CONSEIL = (
    "Le carnet « Réflexes publics » a des titres « Orientation n » et « Piste • … » ; "
    "« Ensemble & autrement » a des parties « Des leviers, des pistes » et des puces."
)


def reconnaitre(texte: str, nom: str) -> str:
    """« carnet » or « ensemble ». Raises CarnetIllisible when it is neither."""
    if contient_des_leviers(texte):
        return "ensemble"
    if carnet.contient_une_piste(texte):
        return "carnet"
    raise CarnetIllisible(f"« {nom} » ne contient aucune piste reconnaissable.", CONSEIL)


def lire(texte: str, nom: str, format: str = "") -> Lecture:
    """Read a document, in the format named or recognised. Raises CarnetIllisible."""
    _refuser_demesure(nom, "lignes", texte.count("\n"), LIGNES)
    format = format or reconnaitre(texte, nom)
    lecteur = ensemble.analyser if format == "ensemble" else _lire_le_carnet
    lecture = lecteur(texte)
    _refuser_demesure(nom, "doutes", len(lecture.doutes), DOUTES)
    return lecture


def _refuser_demesure(nom: str, quoi: str, nombre: int, limite: int) -> None:
    if nombre > limite:
        raise CarnetIllisible(
            f"« {nom} » donne {nombre} {quoi} ; un recueil en a {limite} au plus.", CONSEIL
        )


def _lire_le_carnet(texte: str) -> Lecture:
    lu = carnet.analyser(texte)
    fins = _fins(texte, lu.pistes)
    pieces = [
        PieceLue(
            rang=piste.page,
            titre=piste.titre or "Piste sans titre",
            debut=piste.ligne,
            fin=fins.get(piste.ligne, piste.ligne),
            texte=texte_lu(piste),
            orientation=piste.orientation,
        )
        for piste in lu.pistes
    ]
    doutes = [DouteLu(doute.ligne, doute.message, doute.fin) for doute in lu.doutes]
    return Lecture("carnet", pieces, doutes, lu.orientations, lu.controverses)


def _fins(texte: str, pistes: Iterable[PisteLue]) -> dict[int, int]:
    """The last line of each piste of the notebook, by its first line.

    A piste whose title is lost begins in the section of another: its line closes the one before. One
    without any text is a line of the contents, and closes nothing.
    """
    decoupage = sectionner(decouper(texte))
    avec_texte = {p.ligne for p in pistes if p.constat or p.levier or p.details}
    debuts = sorted({section.ligne for section in decoupage.sections} | avec_texte)
    debuts.append(decoupage.apres[0].ligne if decoupage.apres else len(lignes_de(texte)) + 1)
    return {debut: suivant - 1 for debut, suivant in pairwise(debuts) if debut in avec_texte}
