"""The map as files: an SVG that carries its own style, and the PNG made of it."""

import hashlib
import json
import re
from pathlib import Path

import typst
from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from pistes.carte.placement import Plan

STYLE = Path(settings.RACINE) / "static" / "css" / "carte.css"
# Drawing takes some processor time: the same picture is drawn once an hour at most.
CONSERVATION = 3600
# Pixels an inch; lower for a picture so high that no reader would open it.
PPI, PPI_HAUTE, HAUTE = 144, 72, 5_000
# What XML forbids (a vertical tab pasted in a title): one of them and no reader opens the file.
_HORS_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PAGE = b"""#set page(width: auto, height: auto, margin: 12pt, fill: rgb("#faf6ec"))
#image(bytes(sys.inputs.carte), format: "svg")
"""


def en_svg(plan: Plan, racine: str, police: str = "sans-serif") -> str:
    """A whole file, to open anywhere: style inside, links with the address of the site (``racine``)."""
    contexte = {
        "plan": plan,
        "racine": racine,
        "police": police,
        "style": mark_safe(STYLE.read_text(encoding="utf-8")),  # noqa: S308 — our own file
    }
    return _HORS_XML.sub("", render_to_string("pistes/carte.svg", contexte))


def en_png(plan: Plan) -> bytes:
    """The same picture in pixels. Set in a face that Typst carries: the server may have no font."""
    svg = en_svg(plan, "", police="'Libertinus Serif', serif")
    empreinte = hashlib.sha256(json.dumps([svg, PAGE.decode()]).encode()).hexdigest()
    deja: bytes | None = cache.get(f"carte-png-{empreinte}")
    if deja is not None:
        return deja
    ppi = PPI_HAUTE if plan.hauteur > HAUTE else PPI
    image = typst.compile(PAGE, format="png", ppi=ppi, sys_inputs={"carte": svg})
    assert isinstance(image, bytes)
    cache.set(f"carte-png-{empreinte}", image, CONSERVATION)
    return image
