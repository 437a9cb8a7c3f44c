"""Lines of a drawing made by the server: they fit, and no letter is lost."""

from hypothesis import given
from hypothesis import strategies as st

from config.mesures_de_texte import en_lignes, largeur_de


@given(st.text(max_size=200), st.integers(40, 300))
def test_every_line_fits(texte, largeur):
    for ligne in en_lignes(texte, largeur, 13, lignes=3):
        assert largeur_de(ligne, 13) <= largeur


@given(st.lists(st.text(alphabet="abcdeé", min_size=1, max_size=8), max_size=12))
def test_nothing_is_lost_when_there_is_room(mots):
    assert " ".join(en_lignes(" ".join(mots), 200, 13, lignes=99)).strip() == " ".join(mots)


def test_too_long_ends_with_an_ellipsis():
    lignes = en_lignes("un deux trois quatre cinq six sept huit neuf dix", 60, 13, lignes=2)
    assert len(lignes) == 2
    assert lignes[-1].endswith("…")
