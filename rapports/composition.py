"""From data to a PDF, through typst: sources of ours, other people's texts only as values.

The result is PDF/UA-1: tagged, titled, in French, every picture described; the engine refuses otherwise.
"""

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import typst
from django.utils import timezone

SOURCES = Path(__file__).parent / "typst"


class CompositionImpossible(Exception):
    """The engine could not lay the page out; its reason is in the chain, for the log."""


def composer(
    gabarit: str, donnees: Mapping[str, object], *, at: dt.datetime | None = None
) -> bytes:
    """The PDF of ``typst/<gabarit>.typ``, dated ``at``. Some ten milliseconds, no file written.

    Only the fonts inside typst are used: the same sheet leaves every machine. Raises
    CompositionImpossible.
    """
    try:
        return typst.compile(
            str(SOURCES / f"{gabarit}.typ"),
            root=str(SOURCES),
            font_paths=polices(),
            ignore_system_fonts=True,
            sys_inputs={"donnees": json.dumps(donnees)},
            pdf_standards=["ua-1"],
            timestamp=int((at or timezone.now()).timestamp()),
        )
    except RuntimeError as erreur:  # TypstError, and what it says of files
        raise CompositionImpossible(gabarit) from erreur


@cache
def polices() -> typst.Fonts:
    """The fonts inside the package, looked up once for the whole process."""
    return typst.Fonts(include_system_fonts=False)
