"""What changed between two texts, word by word where that helps: for people asked to agree again."""

import dataclasses
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tests_programme.models import Accord

Sorte = Literal["garde", "retire", "ajoute"]
# Beyond, comparing word by word would take long and read badly: the paragraph is shown before and after.
MOTS_PAR_PARAGRAPHE, MOTS_EN_TOUT, PARAGRAPHES = 1200, 6000, 400
# Below this share of common words, two sentences read better one after the other.
EN_COMMUN = 0.4


@dataclasses.dataclass(frozen=True)
class Morceau:
    """Some words, kept, taken out or added."""

    sorte: Sorte
    texte: str


Paragraphe = list[Morceau]


@dataclasses.dataclass(frozen=True)
class Ecart:
    """What changed for one person since ``depuis``, in words; false when there is nothing to tell."""

    paragraphes: list[Paragraphe]
    depuis: str = ""
    a_repondu: bool = False

    def __bool__(self) -> bool:
        return bool(self.paragraphes)


def changements_pour(accord: "Accord") -> Ecart:
    """What changed since the text this person last answered, else was last asked about. Two queries at most.

    Nothing when they were never asked before.
    """
    autres = accord.partie.accords.filter(
        objet=accord.objet, demande_le__lte=accord.demande_le
    ).exclude(empreinte=accord.empreinte)
    repondu = autres.filter(repondu_le__isnull=False).order_by("-repondu_le").first()
    avant = repondu or autres.order_by("-demande_le").first()
    if avant is None:
        return Ecart([])
    depuis = "votre dernière réponse" if repondu else "notre dernier message"
    return Ecart(changements(avant.texte, accord.texte), depuis, repondu is not None)


def changements(avant: str, apres: str) -> list[Paragraphe]:
    """The paragraphs that differ, in the order of the new text."""
    anciens, nouveaux = _paragraphes(avant), _paragraphes(apres)
    if max(len(anciens), len(nouveaux)) > PARAGRAPHES:
        return [[Morceau("retire", avant), Morceau("ajoute", apres)]] if avant != apres else []
    reste = MOTS_EN_TOUT
    trouves: list[Paragraphe] = []
    operations = SequenceMatcher(None, anciens, nouveaux, autojunk=False).get_opcodes()
    for operation, a, b, c, d in operations:
        if operation == "equal":
            continue
        for ancien, nouveau in _paires(anciens[a:b], nouveaux[c:d]):
            mots = len(ancien.split()) + len(nouveau.split())
            fins = bool(ancien and nouveau) and mots <= min(reste, MOTS_PAR_PARAGRAPHE)
            trouves.append(_mot_a_mot(ancien, nouveau) if fins else _en_bloc(ancien, nouveau))
            reste -= mots if fins else 0
    return trouves


def _paragraphes(texte: str) -> list[str]:
    """Blank lines part them, whatever browser sent them."""
    morceaux = re.split(r"\n\s*\n", texte.replace("\r\n", "\n"))
    return [propre for morceau in morceaux if (propre := morceau.strip())]


def _paires(anciens: list[str], nouveaux: list[str]) -> Iterator[tuple[str, str]]:
    """Each new paragraph with the old one that bears the same label, the old ones without a pair first."""
    par_titre = {_titre(ancien): ancien for ancien in anciens}
    gardes = {_titre(nouveau) for nouveau in nouveaux}
    for ancien in anciens:
        if _titre(ancien) not in gardes or par_titre[_titre(ancien)] != ancien:
            yield ancien, ""
    for nouveau in nouveaux:
        yield par_titre.pop(_titre(nouveau), ""), nouveau


def _titre(paragraphe: str) -> str:
    """What stands before the colon: « Hypothèse », or « On observe » and its first words."""
    titre, deux_points, suite = paragraphe.partition(" : ")
    if titre == "On observe":
        return f"{titre} {suite[:20]}"
    return titre if deux_points else ""


def _en_bloc(ancien: str, nouveau: str) -> Paragraphe:
    morceaux = [Morceau("retire", ancien), Morceau("ajoute", nouveau)]
    return [morceau for morceau in morceaux if morceau.texte]


def _mot_a_mot(ancien: str, nouveau: str) -> Paragraphe:
    """The whole paragraph, its words kept, taken out or added."""
    a, b = re.findall(r"\S+", ancien), re.findall(r"\S+", nouveau)
    comparaison = SequenceMatcher(None, a, b)
    if comparaison.ratio() < EN_COMMUN:
        return _en_bloc(ancien, nouveau)
    morceaux: Paragraphe = []
    for operation, debut, fin, d, f in comparaison.get_opcodes():
        if operation == "equal":
            morceaux.append(Morceau("garde", " ".join(a[debut:fin])))
            continue
        if debut < fin:
            morceaux.append(Morceau("retire", " ".join(a[debut:fin])))
        if d < f:
            morceaux.append(Morceau("ajoute", " ".join(b[d:f])))
    return morceaux
