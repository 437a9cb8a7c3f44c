"""The hypothesis as a sentence frame: « Si nous … avec … pendant … alors … parce que … ».

The pieces are kept in ``Test.cadre_hypothese`` and composed here into ``Test.hypothese``. The free text that was
there before is kept beside them, under ``libre``, so that going from one way to the other loses nothing.
"""

from collections.abc import Mapping

PHRASE, LIBRE = "phrase", "libre"
# Each piece: what it is called, and the words that bring it into the sentence.
PIECES = {
    "nous": "Si nous",
    "avec": "avec",
    "pendant": "pendant",
    "alors": "alors",
    "parce_que": "parce que",
}
# Without these two there is nothing to check.
ESSENTIELLES = {
    "nous": "Complétez la phrase de l'hypothèse : ce que vous ferez (« Si nous… »).",
    "alors": "Complétez la phrase de l'hypothèse : ce que vous en attendez (« alors… »).",
}
MANQUE = "…"
VOYELLES = "aàâäeéèêëiîïoôöuùûüy"


def composer(pieces: Mapping[str, str]) -> str:
    """The sentence; a missing essential piece is an ellipsis, a missing other one is left out.

    Nothing at all gives the empty string.
    """
    dites = {nom: _nette(pieces.get(nom, ""), nom) for nom in PIECES}
    if not any(dites.values()):
        return ""
    for nom in ESSENTIELLES:
        dites[nom] = dites[nom] or MANQUE
    action = " ".join(
        f"{PIECES[nom]} {dites[nom]}" for nom in ("nous", "avec", "pendant") if dites[nom]
    )
    phrase = f"{action}, alors {dites['alors']}"
    if raison := dites["parce_que"]:
        phrase += (
            f", parce qu'{raison}" if raison[0].lower() in VOYELLES else f", parce que {raison}"
        )
    return phrase if phrase.endswith(MANQUE) else f"{phrase}."


def pieces_manquantes(cadre: Mapping[str, str]) -> list[str]:
    """What the chosen frame still lacks, in words; nothing when the hypothesis is written freely."""
    if cadre.get("choix") != PHRASE:
        return []
    return [message for nom, message in ESSENTIELLES.items() if not _nette(cadre.get(nom, ""), nom)]


def _nette(piece: str, nom: str) -> str:
    """The piece without the words that the frame already says, nor a final full stop."""
    texte = " ".join(piece.split()).rstrip(" .,;")
    debut = PIECES[nom].lower()
    if texte.lower() == debut:
        return ""
    if texte.lower().startswith(f"{debut} "):
        return texte[len(debut) :].lstrip(" ")
    if nom == "parce_que" and texte.lower().startswith(("parce qu'", "parce qu’")):
        return texte[len("parce qu'") :]
    return texte
