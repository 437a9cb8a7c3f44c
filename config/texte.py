"""The one way a text written by somebody becomes HTML."""

import nh3
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from config.saisie import LONGUEUR_EDITION

BALISES = {
    "p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre", "hr",
    "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
ATTRIBUTS = {"a": {"href"}, "ol": {"start"}}
PROTOCOLES = {"http", "https", "mailto"}
# Characters: no form takes more, and nothing of this length holds a page for more than half a second.
LONGUEUR_RENDUE = LONGUEUR_EDITION

# CommonMark without raw HTML (shown as typed) and without images (nothing fetched elsewhere).
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(
    ["html_block", "html_inline", "image"]
)


def markdown_sur(texte: str, titre: int = 3) -> SafeString:
    """The safe HTML of a Markdown text. ``titre`` is the level its own first-level headings take.

    Two fences: the parser knows neither HTML nor images, and what it makes is cleaned all the same.
    A text longer than any form takes is shown as typed, in plain paragraphs: parsing it would hold the page.
    """
    if len(texte or "") > LONGUEUR_RENDUE:
        return mark_safe(linebreaks(texte, autoescape=True))  # noqa: S308 — escaped by linebreaks
    jetons = _MARKDOWN.parse(texte or "")
    for jeton in jetons:
        if jeton.type in {"heading_open", "heading_close"}:
            jeton.tag = f"h{min(int(jeton.tag[1]) + titre - 1, 6)}"
    html = _MARKDOWN.renderer.render(jetons, _MARKDOWN.options, {})
    propre = nh3.clean(
        html,
        tags=BALISES,
        attributes=ATTRIBUTS,
        url_schemes=PROTOCOLES,
        link_rel="noopener noreferrer",
    )
    return mark_safe(propre)  # noqa: S308 — cleaned on the line above
