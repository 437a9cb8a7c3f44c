"""A text typed for a screen, made ready for a sheet of paper whose fonts do not know every sign."""

import html
import re
import unicodedata
from functools import lru_cache

import typst
from django.utils.html import strip_tags

from config.texte import markdown_sur
from rapports.composition import polices

# Latin, Greek and Cyrillic letters, and the usual punctuation: every font at hand has them.
SURS = re.compile(r"[ -~\u00a0-\u017f\u0386-\u03ce\u0410-\u044f\u2010-\u2027\u202f\u2030-\u203a€]")
# What joins letters in some scripts; every other invisible sign is left out (it may turn a line round).
LIANTS = {"\u200c", "\u200d"}
ABSENT = "□"
# Longer words get places to break: a sheet is some forty letters wide.
MOT_LONG = 22
MORCEAU = 6
CESURE = "\u00ad"


def imprimable(texte: str) -> str:
    """The text on one line, without what no font at hand draws, its very long words breakable.

    A drawing (emoji) goes without a trace; a letter leaves a box, so that the team sees it is missing.
    """
    signes = []
    for signe in unicodedata.normalize("NFC", texte).replace("'", "’"):
        if affichable(signe):
            signes.append(signe)
        elif signe.isspace():
            signes.append(" ")
        elif unicodedata.category(signe)[0] in "LN" and signes[-1:] != [ABSENT]:
            signes.append(ABSENT)
    return " ".join(_secable(mot) for mot in "".join(signes).split())


@lru_cache(maxsize=4096)
def affichable(signe: str) -> bool:
    """Whether a sheet can show this character: asked of the engine itself for the rare ones (3 ms)."""
    if SURS.fullmatch(signe):
        return True
    if signe in LIANTS:
        return True
    if unicodedata.category(signe)[0] in "CZ":  # controls, private use, unassigned, spaces
        return False
    source = '#set document(title: "t")\n#set text(lang: "fr")\n#sys.inputs.signe'
    try:
        typst.compile(
            source.encode(),
            font_paths=polices(),
            ignore_system_fonts=True,
            sys_inputs={"signe": signe},
            pdf_standards=["ua-1"],
        )
    except RuntimeError:
        return False
    return True


def _secable(mot: str) -> str:
    if len(mot) <= MOT_LONG:
        return mot
    return CESURE.join(mot[debut : debut + MORCEAU] for debut in range(0, len(mot), MORCEAU))


def en_clair(markdown: str) -> str:
    """The words of a Markdown text, on one line."""
    return " ".join(html.unescape(strip_tags(markdown_sur(markdown))).split())


def en_une_phrase(texte: str, longueur: int = 240) -> str:
    """The first sentence; too long, its beginning up to a comma (else up to a word), and « … »."""
    phrase = re.split(r"(?<=[.!?…])\s+(?=[A-ZÀ-Þ«\"(])", texte.strip(), maxsplit=1)[0]
    if len(phrase) <= longueur:
        return phrase
    debut = phrase[: longueur - 1]
    virgule = max(debut.rfind(", "), debut.rfind("; "), debut.rfind(" : "))
    coupe = virgule if virgule > longueur // 2 else debut.rfind(" ")
    return f"{debut[: coupe if coupe > 0 else longueur].rstrip(' ,;:')}…"
