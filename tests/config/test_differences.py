"""The word diff: what it shows, and that nothing hostile goes through it or holds it up."""

import time

from hypothesis import given
from hypothesis import strategies as st

from config.differences import differences, differences_en_ligne, morceaux


def suite(avant, apres):
    return [(m.sorte, m.texte) for m in morceaux(avant, apres)]


def test_one_word_changed_is_one_word_removed_and_one_added():
    assert suite("Le budget participatif", "Le budget collectif") == [
        ("egal", "Le budget "),
        ("retire", "participatif"),
        ("ajoute", "collectif"),
    ]


def test_neighbouring_changes_are_read_as_one():
    assert suite("les agent·es du service", "les équipes d'une ville du service")[1:3] == [
        ("retire", "agent·es"),
        ("ajoute", "équipes d'une ville"),
    ]


def test_the_same_text_shows_no_change():
    assert (
        differences("Rien\n\nne bouge.", "Rien\r\n\r\nne bouge.") == "<p>Rien</p><p>ne bouge.</p>"
    )


def test_html_is_shown_as_typed():
    html = differences("<script>alert(1)</script>", "<img src=x onerror=y> & fin")
    assert "<script" not in html
    assert "<img" not in html
    assert "&amp;" in html


def test_hidden_words_say_what_left_and_what_came():
    html = differences_en_ligne("un mot", "un autre")
    assert '<del><span class="masque"> [retiré : </span>mot<span' in html
    assert '<ins><span class="masque"> [ajouté : </span>autre<span' in html


def test_a_paragraph_more_is_a_paragraph_of_its_own():
    html = differences("Un.\n\nTrois.", "Un.\n\nDeux.\n\nTrois.")
    assert html.count("<p>") == 3
    assert "<del>" not in html


def test_two_long_texts_without_a_common_line_do_not_hold_the_page():
    debut = time.perf_counter()
    morceaux("a b " * 12_000, "b c a " * 8_000)
    morceaux(
        "\n".join("ab" * (n % 7) for n in range(10_000)),
        "\n".join("ba" * (n % 5) for n in range(10_000)),
    )
    assert time.perf_counter() - debut < 5


@given(st.text(alphabet="ab \n,'<é", max_size=60), st.text(alphabet="ab \n,'<é", max_size=60))
def test_both_texts_can_be_read_back(avant, apres):
    suites = morceaux(avant, apres)
    assert "".join(m.texte for m in suites if m.sorte != "ajoute") == avant.strip()
    assert "".join(m.texte for m in suites if m.sorte != "retire") == apres.strip()
