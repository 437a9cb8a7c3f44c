"""What changed between two texts: fine where it helps, whole where it reads better, always bounded."""

import random
import time

import pytest

from tests_programme.changements import Morceau, changements


def dits(avant: str, apres: str) -> list[list[tuple[str, str]]]:
    return [[(m.sorte, m.texte) for m in paragraphe] for paragraphe in changements(avant, apres)]


def test_only_what_differs_is_told():
    assert dits("Test : A\n\nDate : un", "Test : A\n\nDate : un") == []
    assert dits("Test : A\n\nDate : le deux mai", "Test : A\n\nDate : le trois mai") == [
        [("garde", "Date : le"), ("retire", "deux"), ("ajoute", "trois"), ("garde", "mai")]
    ]


def test_lines_of_another_browser_are_the_same_lines():
    assert dits("A : un\r\n\r\nB : deux", "A : un\n\nB : deux") == []


def test_a_paragraph_comes_or_goes_whole():
    assert dits("A : un", "A : un\n\nB : deux") == [[("ajoute", "B : deux")]]
    assert dits("A : un\n\nB : deux", "A : un") == [[("retire", "B : deux")]]


def test_each_label_is_compared_with_itself():
    ecarts = dits(
        "A : un mot\n\nB : deux mots", "A : un seul mot\n\nC : rien\n\nB : deux grands mots"
    )
    assert [("ajoute", "C : rien")] in ecarts
    assert [("garde", "A : un"), ("ajoute", "seul"), ("garde", "mot")] in ecarts
    assert len(ecarts) == 3


def test_two_sentences_without_a_common_word_stand_side_by_side():
    assert dits("A : une phrase bien à elle", "A : tout autre propos, ailleurs") == [
        [("retire", "A : une phrase bien à elle"), ("ajoute", "A : tout autre propos, ailleurs")]
    ]


def test_nothing_is_lost_between_two_texts():
    hasard = random.Random(7)
    for _ in range(200):
        avant, apres = (
            "\n\n".join(
                f"{titre} : {' '.join(hasard.choices(['un', 'deux', 'trois', 'quatre'], k=6))}"
                for titre in hasard.sample("ABCDE", 3)
            )
            for _ in range(2)
        )
        ecarts = changements(avant, apres)
        for texte, sorte in ((avant, "retire"), (apres, "ajoute")):
            montres = [" ".join(m.texte for m in p if m.sorte in {"garde", sorte}) for p in ecarts]
            autre = apres if texte is avant else avant
            for paragraphe in set(texte.split("\n\n")) - set(autre.split("\n\n")):
                assert paragraphe in montres


@pytest.mark.parametrize(
    "texte",
    [
        "mot " * 30_000,
        "\n\n".join(f"On observe : {n}" for n in range(3_000)),
        " ".join(random.Random(1).choices("abcdefghij", k=40_000)),
        "x" * 100_000,
    ],
    ids=["mots", "paragraphes", "peu-de-mots", "un-long-mot"],
)
def test_a_hostile_text_takes_no_time(texte):
    debut = time.perf_counter()
    ecarts = changements(texte, f"{texte[: len(texte) // 2]} autre {texte[len(texte) // 2 :]}")
    assert ecarts
    assert time.perf_counter() - debut < 3


def test_no_text_at_all():
    assert changements("", "") == []
    assert changements("", "A : un") == [[Morceau("ajoute", "A : un")]]
