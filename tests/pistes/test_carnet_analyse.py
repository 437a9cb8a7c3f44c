"""Reading the real notebook when it is at hand, and whatever a notebook may become."""

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest

from pistes.carnet.analyse import analyser
from pistes.carnet.couverture import lignes_perdues
from pistes.carnet.erreurs import CarnetIllisible
from pistes.carnet.lecture import lire_fichier
from pistes.carnet.modele import Carnet, Doute, Genre, PisteLue
from pistes.carnet.rapport import rendre

VRAI = Path(__file__).parents[2].parent / "shared" / "seeds" / "000_20b898d8407c2fe9.txt"
SYNTHETIQUE = Path(__file__).with_name("carnet_synthetique.md")

# Page: (details, inspirations, renvois), counted by hand on the real notebook.
COMPTE_A_LA_MAIN = {
    22: (3, 3, ()),
    28: (2, 1, ()),
    32: (2, 3, ()),
    40: (2, 2, ()),
    44: (3, 2, ()),
    50: (4, 5, (72,)),
    56: (4, 1, (72,)),
    60: (2, 3, ()),
    66: (6, 2, (84, 72)),
    72: (3, 3, (66,)),
    78: (3, 2, ()),
    84: (2, 2, (66,)),
    90: (4, 1, ()),
    94: (3, 0, ()),
    98: (2, 3, (66,)),
    104: (3, 1, (72,)),
    108: (2, 2, ()),
}


@pytest.fixture(scope="module")
def texte_vrai() -> str:
    if not VRAI.exists():
        pytest.skip(f"the real notebook is not at {VRAI}")
    return lire_fichier(VRAI)


@pytest.fixture(scope="module")
def vrai(texte_vrai: str) -> Carnet:
    return analyser(texte_vrai)


@pytest.fixture(scope="module")
def texte_synthetique() -> str:
    return lire_fichier(SYNTHETIQUE)


def _doutes(carnet: Carnet, genre: Genre) -> list[Doute]:
    return [doute for doute in carnet.doutes if doute.genre is genre]


def _piste(carnet: Carnet, page: int) -> PisteLue:
    return next(piste for piste in carnet.pistes if piste.page == page)


def _textes(carnet: Carnet) -> list[str]:
    textes = [terrain.texte for lue in carnet.controverses for terrain in lue.terrains]
    textes += [lue.texte for lue in carnet.controverses]
    textes += [lue.texte for lue in carnet.orientations]
    for piste in carnet.pistes:
        textes += [piste.titre, piste.accroche, piste.constat, piste.levier, piste.chapeau_details]
        textes += [champ for detail in piste.details for champ in (detail.titre, detail.texte)]
        textes += [lue.texte for lue in piste.inspirations]
        textes += [lue.titre for lue in piste.inspirations]
    return textes


# The real notebook


def test_the_real_notebook_gives_its_seventeen_pistes_and_what_each_holds(vrai: Carnet):
    lu = {
        piste.page: (len(piste.details), len(piste.inspirations), piste.renvois)
        for piste in vrai.pistes
    }
    assert lu == COMPTE_A_LA_MAIN


def test_each_piste_of_the_real_notebook_has_its_texts_but_the_lost_levier(vrai: Carnet):
    for piste in vrai.pistes:
        assert piste.titre
        assert piste.accroche.startswith("pour ")
        assert len(piste.constat) > 300, piste.page
        assert (len(piste.levier) > 200) is (piste.page != 94), piste.page
        assert all(detail.titre and len(detail.texte) > 100 for detail in piste.details)
        assert all(lue.titre and len(lue.texte) > 200 for lue in piste.inspirations)


def test_the_orientations_are_by_number_with_their_mot_cle_and_what_they_also_send_to(vrai: Carnet):
    assert [(lue.numero, lue.mot_cle, lue.pages, lue.aussi) for lue in vrai.orientations] == [
        (1, "Influence", (22, 28, 32), (60,)),
        (2, "Données", (40, 44), ()),
        (3, "Communs", (50, 56, 60), (72, 40)),
        (4, "Ressources", (66, 72), ()),
        (5, "Contact", (78, 84), (40, 22)),
        (6, "Intendance", (90, 94, 98), (28, 66, 104)),
        (7, "Rituels", (104, 108), ()),
    ]
    assert all(len(lue.texte) > 1000 for lue in vrai.orientations)
    assert len(_doutes(vrai, Genre.ORDRE_DU_SOMMAIRE)) == 1


def test_six_controverses_and_eleven_terrains_are_read_though_four_lost_their_heading(vrai: Carnet):
    terrains = [[terrain.numero for terrain in lue.terrains] for lue in vrai.controverses]
    assert terrains == [
        ["1.1", "1.2"],
        ["2.1", "2.2"],
        ["3.1"],
        ["4.1", "4.2"],
        ["5.1", "5.2"],
        ["6.1", "6.2"],
    ]
    assert vrai.controverses[0].pole_b == "repli stratégique"
    assert vrai.controverses[5].pole_a == "planification de l'incertitude"
    assert all(lue.texte and lue.theme for lue in vrai.controverses)
    assert len(_doutes(vrai, Genre.CONTROVERSE_SANS_NUMERO)) == 4
    assert "13 phénomènes, 11" in _doutes(vrai, Genre.NOMBRE_ANNONCE)[0].message


def test_the_piste_that_lost_its_title_is_found_between_its_neighbours(vrai: Carnet):
    (doute,) = _doutes(vrai, Genre.TITRE_MANQUANT)
    piste = _piste(vrai, 94)
    assert doute.ligne == piste.ligne
    assert piste.titre == piste.titre_sommaire
    assert piste.mots_cles == ("Intendance",)
    assert piste.ligne > _piste(vrai, 90).inspirations[0].ligne
    assert [detail.titre for detail in piste.details][-1] == "La RH d'anticipation"
    manquantes = [d for d in _doutes(vrai, Genre.RUBRIQUE_MANQUANTE) if d.ligne == piste.ligne]
    assert len(manquantes) == 2


def test_the_same_notebook_with_its_title_restored_raises_fewer_doubts(
    texte_vrai: str, vrai: Carnet
):
    piste = _piste(vrai, 94)
    lignes = texte_vrai.split("\n")
    restaure = ["## Piste • La RH « as a service »", "", "#Intendance", ""]
    lignes[piste.ligne - 1 : piste.ligne - 1] = restaure
    fin_du_constat = next(
        rang for rang, ligne in enumerate(lignes) if ligne.startswith("Une collectivité qui place")
    )
    lignes[fin_du_constat:fin_du_constat] = ["## Levier", ""]
    carnet = analyser("\n".join(lignes))
    assert len(carnet.doutes) < len(vrai.doutes)
    assert not _doutes(carnet, Genre.TITRE_MANQUANT)
    assert _piste(carnet, 94).levier
    assert _piste(carnet, 94).details[0].texte == piste.details[0].texte
    assert len(carnet.pistes) == len(vrai.pistes)


def test_whichever_title_is_lost_the_seventeen_pistes_are_there(texte_vrai: str, vrai: Carnet):
    for perdue in vrai.pistes:
        lignes = texte_vrai.split("\n")
        if perdue.page != 94:
            # The heading goes, and the mots-clés under it.
            for rang in range(perdue.ligne - 1, perdue.ligne + 7):
                if re.match(r"#+ Piste|#\w", lignes[rang]):
                    lignes[rang] = ""
        carnet = analyser("\n".join(lignes))
        lu = {
            piste.page: (len(piste.details), len(piste.inspirations), piste.renvois)
            for piste in carnet.pistes
        }
        assert lu == COMPTE_A_LA_MAIN, perdue.page
        assert _piste(carnet, perdue.page or 0).constat == perdue.constat


@pytest.mark.parametrize(
    ("genre", "pages"),
    [(Genre.TITRES_DIFFERENTS, {32, 56, 104}), (Genre.MOTS_CLES_DIFFERENTS, {28, 32})],
)
def test_contents_and_pages_that_disagree_are_told(vrai: Carnet, genre: Genre, pages: set[int]):
    lignes = {doute.ligne for doute in _doutes(vrai, genre)}
    assert {piste.page for piste in vrai.pistes if piste.ligne in lignes} == pages
    assert len(lignes) == len(pages)


def test_every_reference_leads_to_a_piste_or_to_a_doubt(texte_vrai: str, vrai: Carnet):
    au_sommaire = len(vrai.pistes)
    assert len(vrai.renvois) == texte_vrai.count("<sup>") - au_sommaire
    perdus = [renvoi for renvoi in vrai.renvois if renvoi.vers is None]
    assert sorted(renvoi.ecrit for renvoi in perdus) == ["17", "67", "9", "PAGE"]
    doutes = {doute.ligne for doute in _doutes(vrai, Genre.RENVOI_SANS_PISTE)}
    assert {renvoi.ligne for renvoi in perdus} == doutes
    pages = {piste.page for piste in vrai.pistes}
    assert all(renvoi.vers in pages for renvoi in vrai.renvois if renvoi.vers is not None)


def test_no_line_of_the_real_notebook_is_lost(texte_vrai: str, vrai: Carnet):
    assert lignes_perdues(texte_vrai, vrai) == []
    assert not _doutes(vrai, Genre.TEXTE_NON_CLASSE)


def test_the_check_of_lost_lines_sees_what_is_taken_away(texte_vrai: str, vrai: Carnet):
    piste = _piste(vrai, 60)
    reste = tuple(replace(p, details=p.details[1:]) if p is piste else p for p in vrai.pistes)
    perdues = lignes_perdues(texte_vrai, replace(vrai, pistes=reste))
    assert perdues[0] == piste.details[0].ligne
    assert len(perdues) == 4
    sans_lien = tuple(
        replace(p, inspirations=tuple(replace(i, lien="") for i in p.inspirations))
        for p in vrai.pistes
    )
    assert len(lignes_perdues(texte_vrai, replace(vrai, pistes=sans_lien))) > 15


def test_the_texts_are_clean_markdown(vrai: Carnet):
    for texte in _textes(vrai):
        assert not re.search(r"<sup|</sup|\]\(#?\)|\\_|[ \t]$|\n{3}|^\s", texte), texte[:80]
        assert texte.count("**") % 2 == 0, texte[:80]


def test_links_of_the_real_notebook_can_be_followed(vrai: Carnet):
    liens = [lue.lien for piste in vrai.pistes for lue in piste.inspirations if lue.lien]
    assert len(liens) == 22
    assert all(re.fullmatch(r"https?://[^\s\\<>]+", lien) for lien in liens)
    assert sum("_" in lien for lien in liens) == 7


def test_sentences_cut_by_a_page_are_whole_again(vrai: Carnet):
    assert "il n'a pas semblé résister" in _piste(vrai, 56).constat
    assert "directions opérationnelles** et non" in _piste(vrai, 94).constat
    assert "il s'agit dès lors de fonctionner" in _piste(vrai, 50).levier
    assert "pratique pro-active, pour" in _piste(vrai, 84).levier
    assert "du Projet Liberty (p. 111)" in _piste(vrai, 108).details[0].texte


def test_the_report_of_the_real_notebook_tells_counts_tree_and_doubts_by_line(vrai: Carnet):
    rapport = rendre(vrai)
    for ligne in ("17 pistes", "7 orientations", "11 terrains", "50 détails", "36 inspirations"):
        assert ligne in rapport
    assert "p.  94  La Rh « as a service » — 3 dét., 0 insp., 0 renv." in rapport
    lignes = [int(numero) for numero in re.findall(r"^ligne (\d+) \[", rapport, re.M)]
    assert lignes == sorted(lignes)
    assert len(lignes) == len(vrai.doutes)


# Anything


def _abimer(texte: str, hasard: random.Random) -> str:
    """Cut, shuffle, drop or double lines, or change characters."""
    lignes = texte.split("\n")
    geste = hasard.randrange(5)
    if geste == 0:
        return texte[hasard.randrange(len(texte)) :][: hasard.randrange(len(texte))]
    if geste == 1:
        hasard.shuffle(lignes)
    elif geste == 2:
        lignes = [ligne for ligne in lignes if hasard.random() > 0.2]
    elif geste == 3:
        lignes = [ligne for ligne in lignes for _ in range(hasard.choice((0, 1, 1, 2)))]
    else:
        signes = "#*_<>[]()•-\\\n \x0c\u2028«é9"
        return "".join(
            hasard.choice(signes) if hasard.random() < 0.03 else lettre for lettre in texte
        )
    return "\n".join(lignes)


def _lire_ou_refuser(texte: str) -> None:
    try:
        carnet = analyser(texte)
    except CarnetIllisible:
        return
    assert lignes_perdues(texte, carnet) == []
    pages = {piste.page for piste in carnet.pistes}
    assert {renvoi.vers for renvoi in carnet.renvois} <= pages | {None}
    assert rendre(carnet)


def test_whatever_happens_to_the_lines_the_notebook_is_read_or_refused(texte_synthetique: str):
    for graine in range(150):
        _lire_ou_refuser(_abimer(texte_synthetique, random.Random(graine)))


def test_whatever_happens_to_the_real_notebook_it_is_read_or_refused(texte_vrai: str):
    for graine in range(10):
        _lire_ou_refuser(_abimer(texte_vrai, random.Random(graine)))
