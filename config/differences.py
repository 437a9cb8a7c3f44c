"""What changed from one text to another, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

Sorte = Literal["egal", "retire", "ajoute"]

# A word with its elisions, hyphens and mid-dots; a run of blanks; or one other sign.
_MOTS = re.compile(r"\w+(?:['’·-]\w+)*['’]?|\s+|[^\w\s]")
_PARAGRAPHES = re.compile(r"\n\s*\n")
# Pieces of one side times pieces of the other. Beyond, lines are not matched, then a passage is shown as
# replaced whole: at worst under a second each.
_EFFORT_LIGNES = 4_000_000
_EFFORT_MOTS = 30_000_000
_ANNONCES = {"retire": ("del", "retiré"), "ajoute": ("ins", "ajouté")}


@dataclass(frozen=True)
class Morceau:
    """A run of text that both hold, or one alone."""

    sorte: Sorte
    texte: str


def morceaux(avant: str, apres: str) -> list[Morceau]:
    """The runs that lead from one text to the other. The kept and the removed ones make the first.

    Paragraphs are matched first, then the words of those that differ: two long texts with one word
    changed cost one paragraph. Bounded: hostile texts of the longest size take under a second.
    """
    anciens, nouveaux = _lignes(avant), _lignes(apres)
    if len(anciens) * len(nouveaux) > _EFFORT_LIGNES:
        return _reunis(_mots("".join(anciens), "".join(nouveaux)))
    suites: list[Morceau] = []
    for op, i1, i2, j1, j2 in SequenceMatcher(None, anciens, nouveaux).get_opcodes():
        if op == "equal":
            suites.append(Morceau("egal", "".join(anciens[i1:i2])))
        else:
            suites += _mots("".join(anciens[i1:i2]), "".join(nouveaux[j1:j2]))
    return _reunis(suites)


def differences(avant: str, apres: str) -> SafeString:
    """The second text as paragraphs of HTML, with what left in ``del`` and what came in ``ins``.

    Markdown marks are shown as typed: they are part of what changed. Hidden words say to a screen
    reader where a passage was removed or added: most of them are silent on the tags.
    """
    paragraphes, courant = [], ""
    for morceau in morceaux(avant, apres):
        premier, *suivants = _PARAGRAPHES.split(morceau.texte)
        courant += _balise(morceau.sorte, premier)
        for texte in suivants:
            paragraphes.append(courant)
            courant = _balise(morceau.sorte, texte)
    html = "".join(f"<p>{p}</p>" for p in [*paragraphes, courant] if p.strip())
    return mark_safe(html)  # noqa: S308 — every text is escaped by _balise


def differences_en_ligne(avant: str, apres: str) -> SafeString:
    """The same for a title: no paragraph around."""
    html = "".join(_balise(m.sorte, m.texte) for m in morceaux(avant, apres))
    return mark_safe(html)  # noqa: S308 — every text is escaped by _balise


def _balise(sorte: Sorte, texte: str) -> str:
    if sorte == "egal" or not texte.strip():
        return str(escape(texte))
    balise, mot = _ANNONCES[sorte]
    debut = f'<span class="masque"> [{mot} : </span>'
    return f'<{balise}>{debut}{escape(texte)}<span class="masque">] </span></{balise}>'


def _lignes(texte: str) -> list[str]:
    return texte.replace("\r\n", "\n").replace("\r", "\n").strip().splitlines(keepends=True)


def _mots(avant: str, apres: str) -> list[Morceau]:
    """One passage against another, word by word."""
    anciens, nouveaux = _MOTS.findall(avant), _MOTS.findall(apres)
    if len(anciens) * len(nouveaux) > _EFFORT_MOTS:
        return [Morceau("retire", avant), Morceau("ajoute", apres)]
    suites: list[Morceau] = []
    for op, i1, i2, j1, j2 in SequenceMatcher(None, anciens, nouveaux).get_opcodes():
        if op == "equal":
            suites.append(Morceau("egal", "".join(anciens[i1:i2])))
            continue
        suites.append(Morceau("retire", "".join(anciens[i1:i2])))
        suites.append(Morceau("ajoute", "".join(nouveaux[j1:j2])))
    return suites


@dataclass
class _Changement:
    """What left and what came at one place, then the run that both hold."""

    retire: str = ""
    ajoute: str = ""
    suite: str = ""

    @property
    def poids(self) -> int:
        return max(len(self.retire), len(self.ajoute))


def _reunis(suites: list[Morceau]) -> list[Morceau]:
    """Neighbouring changes as one: a few letters kept between two long ones only cut the reading."""
    changements = [_Changement()]
    for morceau in suites:
        if morceau.sorte == "egal":
            changements[-1].suite += morceau.texte
            continue
        if changements[-1].suite:
            _fondre(changements)
            changements.append(_Changement())
        if morceau.sorte == "retire":
            changements[-1].retire += morceau.texte
        else:
            changements[-1].ajoute += morceau.texte
    _fondre(changements)
    reunis: list[Morceau] = []
    for un in changements:
        reunis += [Morceau("retire", un.retire), Morceau("ajoute", un.ajoute)]
        reunis.append(Morceau("egal", un.suite))
    return _propres(reunis)


def _fondre(changements: list[_Changement]) -> None:
    """Make one of the last two while what they keep between them is shorter than either."""
    while len(changements) > 1:
        avant, apres = changements[-2:]
        garde = avant.suite.strip()
        if not avant.poids or not apres.poids or "\n" in avant.suite:
            return
        if len(garde) > min(avant.poids, apres.poids) and any(s.isalnum() for s in garde):
            return
        changements[-2:] = [
            _Changement(
                avant.retire + avant.suite + apres.retire,
                avant.ajoute + avant.suite + apres.ajoute,
                apres.suite,
            )
        ]


def _propres(suites: list[Morceau]) -> list[Morceau]:
    """Without empty runs, two of a kind in a row made one."""
    propres: list[Morceau] = []
    for morceau in suites:
        if propres and propres[-1].sorte == morceau.sorte:
            propres[-1] = Morceau(morceau.sorte, propres[-1].texte + morceau.texte)
        elif morceau.texte:
            propres.append(morceau)
    return propres
