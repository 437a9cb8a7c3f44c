"""Putting sentences back together where a page or a column cut them."""

import re
from dataclasses import dataclass

from pistes.carnet.contexte import Contexte
from pistes.carnet.coupures import douter_du_mot, mot_entier
from pistes.carnet.modele import Genre
from pistes.carnet.mots import debut, fin

_FIN_DE_PHRASE = ".!?:;…"
_FERMANTS = "»”\")]’'>"
# Shorter, an unfinished paragraph is a label ("La Fabrique RH") rather than half a sentence.
_PHRASE = 60
_MOITIE_DE_MOT = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,})-$")
# Characters at the end of a text where what closes it is looked for. A paragraph put back together from
# thousands of pieces must not be read whole each time.
_BOUT = 400
_DEBUT_DE_MOT = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Morceau:
    """A cleaned block: ``point`` for a list item, ``titre`` for a heading kept in the text."""

    ligne: int
    texte: str
    point: bool = False
    titre: bool = False


def assembler(morceaux: list[Morceau], contexte: Contexte) -> str:
    """The text, one blank line between paragraphs; every mending is a doubt."""
    faits: list[Morceau] = []
    for morceau in _remettre_en_ordre([m for m in morceaux if m.texte], contexte):
        if faits and _est_coupe(faits[-1], morceau):
            faits[-1] = _recoller(faits[-1], morceau, contexte)
        else:
            _douter_du_debut(faits[-1] if faits else None, morceau, contexte)
            faits.append(morceau)
    if faits and _est_inacheve(faits[-1]):
        contexte.journal.douter(
            faits[-1].ligne,
            Genre.PHRASE_COUPEE,
            f"Ce paragraphe s'arrête au milieu d'une phrase : « {fin(faits[-1].texte)} ».",
        )
    return _ecrire(faits)


def _ecrire(morceaux: list[Morceau]) -> str:
    texte = ""
    avant: Morceau | None = None
    for morceau in morceaux:
        en_liste = avant is not None and avant.point and morceau.point
        separateur = "" if avant is None else "\n" if en_liste else "\n\n"
        texte += separateur + ("- " if morceau.point else "") + morceau.texte
        avant = morceau
    return texte


def _dernier(texte: str) -> str:
    return texte[-_BOUT:].rstrip(" *_\n")[-1:]


def _commence_en_minuscule(morceau: Morceau) -> bool:
    return morceau.texte[:_BOUT].lstrip(" *_«“\"'(\n")[:1].islower()


def _est_inacheve(morceau: Morceau) -> bool:
    """A sentence long enough to be one, without its full stop."""
    if morceau.titre or morceau.point or len(morceau.texte) < _PHRASE:
        return False
    dernier = _dernier(morceau.texte)
    return dernier.isalnum() or dernier in ",-"


def _est_coupe(avant: Morceau, apres: Morceau) -> bool:
    if avant.titre or apres.titre or apres.point:
        return False
    if _commence_en_minuscule(apres):
        return _dernier(avant.texte) not in _FIN_DE_PHRASE
    return _est_inacheve(avant) and _dernier(avant.texte) != "-"


def _recoller(avant: Morceau, apres: Morceau, contexte: Contexte) -> Morceau:
    contexte.journal.douter(
        apres.ligne,
        Genre.PHRASE_RECOLLEE,
        "Phrase coupée en deux paragraphes, recollée : "
        f"« {fin(avant.texte[-_BOUT:], 30)} | {debut(apres.texte[:_BOUT], 30)} ».",
    )
    moitie = _MOITIE_DE_MOT.search(avant.texte[-_BOUT:])
    suite = _DEBUT_DE_MOT.match(apres.texte)
    if moitie and suite:
        entier = mot_entier(moitie[1], suite[0], contexte)
        douter_du_mot(entier, apres.ligne, contexte)
        texte = avant.texte.removesuffix(moitie[0]) + entier + apres.texte[suite.end() :]
    else:
        texte = _joindre(avant.texte, apres.texte)
    return Morceau(avant.ligne, texte, avant.point)


def _joindre(avant: str, apres: str) -> str:
    """One space between; an emphasis cut in two becomes one again."""
    for marque in ("**", "*"):
        if avant.endswith(marque) and apres.startswith(marque):
            return f"{avant[: -len(marque)]} {apres[len(marque) :]}"
    return f"{avant} {apres}"


def _remettre_en_ordre(morceaux: list[Morceau], contexte: Contexte) -> list[Morceau]:
    """Swap back two paragraphs whose columns were read in the wrong order.

    The second stops in the middle of a sentence; the first, without a capital, is its end.
    """
    ordre = list(morceaux)
    for rang in range(len(ordre) - 1):
        premier, second = ordre[rang], ordre[rang + 1]
        if not _est_orphelin(ordre[rang - 1] if rang else None, premier):
            continue
        suivant = ordre[rang + 2] if rang + 2 < len(ordre) else None
        if _est_inacheve(second) and not (suivant and _est_coupe(second, suivant)):
            ordre[rang], ordre[rang + 1] = second, premier
            contexte.journal.douter(
                premier.ligne,
                Genre.PARAGRAPHES_INTERVERTIS,
                "Deux paragraphes semblaient intervertis, ils ont été échangés : "
                f"« {debut(second.texte, 30)} » passe avant « {debut(premier.texte, 30)} ».",
            )
    return ordre


def _est_orphelin(avant: Morceau | None, morceau: Morceau) -> bool:
    """Begins in the middle of a sentence that nothing before it left open."""
    if morceau.point or morceau.titre or not _commence_en_minuscule(morceau):
        return False
    if avant is None or avant.titre:
        return True
    return not avant.point and _dernier(avant.texte) in ".!?…"


def _douter_du_debut(avant: Morceau | None, morceau: Morceau, contexte: Contexte) -> None:
    if _est_orphelin(avant, morceau):
        contexte.journal.douter(
            morceau.ligne,
            Genre.PHRASE_COUPEE,
            f"Ce paragraphe commence au milieu d'une phrase : « {debut(morceau.texte)} ».",
        )
