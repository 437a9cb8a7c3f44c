"""Markdown: what is kept, what is neutralised."""

import re
import time

import pytest

from config.texte import markdown_sur


def test_the_useful_subset_is_rendered():
    html = markdown_sur("Un **mot**.\n\n- a\n- b\n\n> dit\n\n[ici](https://exemple.fr)")
    for balise in (
        "<strong>mot</strong>",
        "<li>a</li>",
        "<blockquote>",
        'href="https://exemple.fr"',
    ):
        assert balise in html
    assert 'rel="noopener noreferrer"' in html


@pytest.mark.parametrize(
    "texte",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://ailleurs.fr/pixel.png)",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<a href='javascript:alert(1)'>x</a>",
        "<iframe src='//ailleurs.fr'></iframe>",
        "<b onmouseover=alert(1)>x</b>",
        "<style>body{display:none}</style>",
    ],
)
def test_nothing_runs_and_nothing_is_fetched(texte):
    html = markdown_sur(texte).lower()
    for interdit in (
        "<script",
        "<img",
        "<iframe",
        "<style",
        "<b",
        'href="javascript',
        'href="data',
    ):
        assert interdit not in html


def test_a_quote_in_a_links_title_does_not_open_an_attribute():
    html = markdown_sur('[x](https://a.fr "\\" onmouseover=alert(1) x=\\"")')
    assert "onmouseover" not in re.sub(r'"[^"]*"', "", html)


def test_headings_take_their_place_under_the_pages_own():
    assert "<h3>T</h3>" in markdown_sur("# T")
    assert "<h5>T</h5>" in markdown_sur("## T", 4)
    assert "<h6>T</h6>" in markdown_sur("###### T")


def test_nothing_gives_nothing():
    assert markdown_sur("") == ""


def test_a_text_no_form_would_take_is_shown_as_typed_and_at_once():
    debut = time.perf_counter()
    html = markdown_sur("<b>gras</b>\n\n" + "[" * 200_000)
    assert time.perf_counter() - debut < 0.5
    assert html.startswith("<p>&lt;b&gt;gras&lt;/b&gt;</p>")
    assert "[" * 200_000 in html
