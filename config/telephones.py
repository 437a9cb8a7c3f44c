"""Phone numbers as people write them, shown in the French way."""

import re

SIGNES = re.compile(r"[\s.\-/()\u00a0\u202f]")
FRANCAIS = re.compile(r"(?:\+33|0033|0)?(?:0)?([1-9]\d{8})")
ETRANGER = re.compile(r"(?:\+|00)([1-9]\d{6,14})")


def en_francais(saisie: str) -> str | None:
    """« 06 00 00 00 00 », or « +32… » from abroad; None when it is no phone number.

    Nine digits are taken: spreadsheets drop the zero that leads.
    """
    nu = SIGNES.sub("", saisie.strip().lstrip("'"))
    if not nu.isascii():
        return None
    if trouve := FRANCAIS.fullmatch(nu):
        neuf = trouve.group(1)
        return f"0{neuf[0]} " + " ".join(neuf[n : n + 2] for n in (1, 3, 5, 7))
    if trouve := ETRANGER.fullmatch(nu):
        return f"+{trouve.group(1)}"
    return None


def a_composer(telephone: str) -> str:
    """What a ``tel:`` link dials."""
    return SIGNES.sub("", telephone)
