"""Reading the ten pistes d'action: constat, levers, titles, and what is doubted, at its line."""

import re
from pathlib import Path

import pytest

from pistes.carnet.erreurs import CarnetIllisible
from pistes.ensemble.analyse import analyser
from pistes.lectures import lire, reconnaitre
from tests.pistes.carnet_essai import CARNET
from tests.pistes.ensemble_essai import ENSEMBLE

VRAI = Path(__file__).parents[2].parent / "shared" / "seeds" / "004_78c2483044a4cb76.txt"
avec_le_vrai = pytest.mark.skipif(not VRAI.exists(), reason=f"the real document is not at {VRAI}")


def test_titles_come_from_the_contents_with_their_small_letters():
    pieces = analyser(ENSEMBLE).pieces
    assert [(p.rang, p.titre) for p in pieces] == [
        (1, "D'abord, se revoir… ensemble"),
        (2, "Essayer ce que la tempête a montré"),
        (3, "Partager nos outils"),
    ]
    assert pieces[1].texte.autres_titres == ["Essayer ce que la tempête a montré en plus"]
    assert [p.texte.source for p in pieces] == [f"ENSEMBLE, piste {n}" for n in (1, 2, 3)]


def test_each_piste_has_its_constat_and_its_levers():
    une, deux, trois = (piece.texte for piece in analyser(ENSEMBLE).pieces)
    assert une.constat.startswith("Après une tempête, on se revoit.")
    assert une.constat.count("\n\n") == 1
    assert [d.titre for d in une.details] == ["Levier 1", "Levier 2", "Notes"]
    assert une.details[0].texte.endswith("avec des médiatrices.")
    assert une.details[1].texte == "Un temps par service, puis un temps pour toutes et tous."
    assert une.details[2].texte.startswith("(1)")
    assert [d.texte for d in deux.details] == ["Garder ce qui a marché."]
    assert len(trois.details) == 2


def test_a_link_finds_its_words_again():
    (lien,) = analyser(ENSEMBLE).pieces[0].texte.inspirations
    assert (lien.titre, lien.lien) == (
        "Lien vers la fiche « Se revoir »",
        "https://exemple.fr/se-revoir.pdf",
    )


def test_words_cut_by_the_printer_are_mended_with_their_hyphen_when_they_have_one():
    constat = analyser(ENSEMBLE).pieces[0].texte.constat
    assert "travaillé" in constat
    assert "leur travail a changé" in constat
    assert "un savoir-faire neuf" in constat
    assert "Peut-on" in constat


def test_doubts_name_their_line():
    lecture = analyser(ENSEMBLE)
    lignes = ENSEMBLE.split("\n")
    par_mots = {doute.message: doute.ligne for doute in lecture.doutes}
    (numero,) = [n for m, n in par_mots.items() if "n'a pas de numéro" in m]
    assert "PARTAGER" in lignes[numero - 1]
    (titres,) = [n for m, n in par_mots.items() if m.startswith("Titre de la page")]
    assert "ESSAYER" in lignes[titres - 1]
    (debut,) = [d for d in lecture.doutes if d.ligne == 1]
    assert debut.fin == lecture.pieces[0].debut - 1


def test_no_line_of_a_piste_is_lost():
    _rien_de_perdu(ENSEMBLE)


@avec_le_vrai
def test_the_real_document_gives_ten_pistes_with_constat_and_levers():
    texte = VRAI.read_text()
    lecture = lire(texte, VRAI.name)
    assert lecture.format == "ensemble"
    assert [piece.rang for piece in lecture.pieces] == list(range(1, 11))
    for piece in lecture.pieces:
        assert len(piece.texte.constat) > 900
        assert len(piece.texte.details) >= 4
    _rien_de_perdu(texte)


@pytest.mark.parametrize(
    ("texte", "format_"), [(CARNET, "carnet"), (ENSEMBLE, "ensemble")], ids=["carnet", "ensemble"]
)
def test_the_format_is_recognised(texte, format_):
    assert reconnaitre(texte, "x") == format_


def test_what_is_neither_is_refused_in_words():
    with pytest.raises(CarnetIllisible, match="aucune piste reconnaissable"):
        lire("# Une liste de courses\n\n- du pain\n", "courses.md")
    with pytest.raises(CarnetIllisible, match="0 listes de leviers"):
        lire(CARNET, "carnet.md", "ensemble")
    with pytest.raises(CarnetIllisible, match="ni orientation ni piste"):
        lire(ENSEMBLE, "ensemble.txt", "carnet")


def test_a_document_of_a_thousand_headings_is_refused():
    with pytest.raises(CarnetIllisible, match="1000 listes de leviers"):
        analyser("UNE PISTE\n\nMots.\n\nDES LEVIERS, DES PISTES :\n• Un.\n" * 1000)


def _rien_de_perdu(texte):
    signes = re.compile(r"[\W_]+")
    lecture = analyser(texte)
    tout = ""
    for piece in lecture.pieces:
        t = piece.texte
        champs = [
            t.titre,
            *t.autres_titres,
            t.constat,
            *(f"{d.titre} {d.texte}" for d in t.details),
        ]
        champs += [f"{i.titre} {i.lien}" for i in t.inspirations]
        tout += "|" + signes.sub("", " ".join(champs).casefold())
    premiere = lecture.pieces[0].debut
    perdues = [
        ligne
        for n, ligne in enumerate(texte.split("\n"), 1)
        if n >= premiere
        and not re.search(r"DES (LEVIERS|PISTES)", ligne)
        and signes.sub("", re.sub(r"^\s*\d+\s", "", ligne).casefold()) not in tout
        and not re.fullmatch(r"\s*\d+\s*", ligne)
    ]
    assert perdues == []
