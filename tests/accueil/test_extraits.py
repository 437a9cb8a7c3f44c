"""The passage that answers: the text's own letters, the words that answer marked, nothing else."""

import time

import pytest

from accueil.extraits import Surligneur
from config.saisie import LONGUEUR_EDITION

pytestmark = pytest.mark.django_db


def marquer(saisie, texte):
    html = Surligneur(saisie, [texte]).marquer(texte)
    return html.replace("<mark>", "[").replace("</mark>", "]")


@pytest.mark.parametrize(
    ("saisie", "texte", "attendu"),
    [
        ("eleve", "Les Élèves élisent.", "Les [Élèves] élisent."),
        ("guichets", "Un guichet, des guichets.", "Un [guichet], des [guichets]."),
        ("oeuvre", "Une ŒUVRE, mise en œuvre.", "Une [ŒUVRE], mise en [œuvre]."),
        ("accompagnement", "Il faut accompagner.", "Il faut [accompagner]."),
        # The database would not find the second for the first: it is not marked.
        ("port", "Le port et le portefeuille.", "Le [port] et le portefeuille."),
        ("donnée -personnelle", "Une donnée personnelle.", "Une [donnée] personnelle."),
        ("le la de", "Le lieu de la rencontre.", "Le lieu de la rencontre."),
        ("!!!", "Rien.", "Rien."),
        ("aujourd'hui", "C’est aujourd’hui.", "C’est [aujourd]’[hui]."),
    ],
)
def test_words_that_answer_are_marked_in_their_own_letters(saisie, texte, attendu):
    assert marquer(saisie, texte) == attendu


def test_the_passage_is_cut_around_the_first_word_that_answers():
    texte = "Début. " * 80 + "Les **élèves** prennent la [parole](https://example.org) ici. "
    texte += "Fin. " * 80
    passage = Surligneur("eleve", [texte]).extrait(["", texte])
    assert "Les <mark>élèves</mark> prennent la parole ici" in passage
    assert passage.count("<mark>") == 1
    assert passage.startswith("… ")
    assert passage.endswith(" …")
    assert len(passage) < 253


def test_a_text_without_a_space_is_cut_all_the_same():
    texte = "x" * 500 + " guichet " + "y" * 500
    passage = Surligneur("guichet", [texte]).extrait([texte])
    assert "guichet" in passage
    assert len(passage) < 253


def test_nothing_that_answers_shows_the_beginning():
    assert Surligneur("absent", ["Un texte."]).extrait(["", "Un texte."]) == "Un texte."
    assert Surligneur("absent", []).extrait([]) == ""


def test_everything_that_is_not_a_mark_is_escaped():
    assert marquer("guichet", "<b>Guichet</b> & <script>") == (
        "&lt;b&gt;[Guichet]&lt;/b&gt; &amp; &lt;script&gt;"
    )


def test_letters_that_grow_when_lowered_do_not_move_the_marks():
    assert marquer("guichet", "İİİ guichet") == "İİİ [guichet]"


@pytest.mark.parametrize("signes", ["[", "![", "[a](", "[a](b", "# ", "*_`"])
def test_a_hostile_text_of_the_longest_size_is_no_slower_than_another(signes):
    texte = "Un guichet. " + signes * (LONGUEUR_EDITION // len(signes))
    depart = time.perf_counter()
    passage = Surligneur("guichet", [texte]).extrait([texte])
    assert time.perf_counter() - depart < 1
    assert "guichet" in passage
