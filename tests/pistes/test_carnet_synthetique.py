"""Reading a small notebook of our own words, with the same scars as the real one."""

import re
from pathlib import Path

import pytest

from pistes.carnet.analyse import analyser
from pistes.carnet.couverture import lignes_perdues
from pistes.carnet.erreurs import CarnetIllisible
from pistes.carnet.lecture import lire_fichier
from pistes.carnet.modele import Carnet, Doute, Genre, PisteLue

SYNTHETIQUE = Path(__file__).with_name("carnet_synthetique.md")


@pytest.fixture(scope="module")
def texte_synthetique() -> str:
    return lire_fichier(SYNTHETIQUE)


@pytest.fixture(scope="module")
def synthetique(texte_synthetique: str) -> Carnet:
    return analyser(texte_synthetique)


def _doutes(carnet: Carnet, genre: Genre) -> list[Doute]:
    return [doute for doute in carnet.doutes if doute.genre is genre]


def _piste(carnet: Carnet, page: int) -> PisteLue:
    return next(piste for piste in carnet.pistes if piste.page == page)


def _remplacer(texte: str, avant: str, apres: str) -> str:
    assert texte.count(avant) == 1, avant
    return texte.replace(avant, apres)


def test_the_small_notebook_raises_exactly_the_doubts_it_was_made_for(synthetique: Carnet):
    assert sorted({doute.genre.value for doute in synthetique.doutes}) == [
        "controverse_sans_numero",
        "lien_casse",
        "lien_repare",
        "lien_sans_adresse",
        "lieu_deduit",
        "mot_cle_variable",
        "mot_recolle",
        "mots_cles_differents",
        "mots_cles_manquants",
        "nombre_annonce",
        "ordre_du_sommaire",
        "paragraphes_intervertis",
        "phrase_recollee",
        "renvoi_sans_piste",
        "rubrique_manquante",
        "texte_non_importe",
        "titre_de_niveau_inattendu",
        "titre_incertain",
        "titre_manquant",
        "titres_differents",
    ]


def test_the_small_notebook_is_read_whole(texte_synthetique: str, synthetique: Carnet):
    lu = {
        piste.page: (piste.titre, piste.orientation, len(piste.details), len(piste.inspirations))
        for piste in synthetique.pistes
    }
    assert lu == {
        10: ("Les veilleuses d'immeuble", 1, 3, 3),
        16: ("Le registre tenu à jour", 1, 1, 1),
        22: ("La clé des vieilles pierres", 2, 1, 1),
        28: ("Les salles fraîches de quartier", 2, 1, 0),
        34: ("La sieste municipale", 3, 1, 1),
    }
    assert [lue.numero for lue in synthetique.orientations] == [1, 2, 3]
    assert [lue.mot_cle for lue in synthetique.orientations] == ["Repérage", "Fraîcheur", "Rythme"]
    assert lignes_perdues(texte_synthetique, synthetique) == []


def test_cut_links_are_mended_and_dangerous_ones_never_become_links(synthetique: Carnet):
    liens = [lue.lien for lue in _piste(synthetique, 10).inspirations]
    assert liens == [
        "https://exemple.org/fiches/ronde-des-paliers.html",
        "https://exemple.org/numero_court.pdf",
        "https://exemple.org/veille-de-nuit",
    ]
    assert len(_doutes(synthetique, Genre.LIEN_REPARE)) == 3
    (nef,) = _piste(synthetique, 22).inspirations
    assert nef.lien == ""
    assert "](" not in nef.texte


def test_places_are_guessed_from_titles_but_not_from_initials(synthetique: Carnet):
    lieux = [lue.lieu for lue in _piste(synthetique, 10).inspirations]
    assert lieux == ["Montclair", "Rivebasse", ""]


def test_a_page_inside_another_piste_is_doubted_and_one_inside_its_own_is_not(synthetique: Carnet):
    renvois = {renvoi.ecrit: renvoi.vers for renvoi in synthetique.renvois if renvoi.depuis == 10}
    assert renvois == {"13": 10, "28": 28, "PAGE": None, "18": None}
    assert _piste(synthetique, 10).renvois == (28,)


def test_a_lost_title_is_found_by_the_mots_cles_that_remain(texte_synthetique: str):
    texte = _remplacer(texte_synthetique, "## Piste • La sieste municipale\n", "")
    carnet = analyser(texte)
    sieste = _piste(carnet, 34)
    assert (sieste.orientation, sieste.mots_cles) == (3, ("Rythme",))
    assert sieste.constat.startswith("À quatorze heures")
    assert carnet.orientations[2].texte.endswith("rapporte.")
    assert len(_doutes(carnet, Genre.TITRE_MANQUANT)) == 2


def test_a_lost_title_without_any_page_break_is_still_a_piste(texte_synthetique: str):
    carnet = analyser(re.sub(r"\n{3,}", "\n\n", texte_synthetique))
    salles = _piste(carnet, 28)
    assert salles.levier.startswith("Une convention")
    assert len(_doutes(carnet, Genre.TITRE_MANQUANT)) == 1


def test_an_announced_piste_without_a_page_is_kept_and_told(texte_synthetique: str):
    debut = texte_synthetique.index("## Piste • La sieste municipale")
    texte = texte_synthetique[:debut] + texte_synthetique[texte_synthetique.index("# Et mainten") :]
    carnet = analyser(texte)
    assert len(carnet.pistes) == 5
    sieste = _piste(carnet, 34)
    assert (sieste.titre, sieste.constat) == ("La sieste municipale", "")
    assert len(_doutes(carnet, Genre.PISTE_SANS_SECTION)) == 1


def test_a_piste_the_contents_forgot_is_kept_and_told(texte_synthetique: str):
    texte = _remplacer(
        texte_synthetique, "- **La sieste municipale** <sup>34</sup>, pour tenir", "- Pour tenir"
    )
    carnet = analyser(texte)
    assert "La sieste municipale" in [piste.titre for piste in carnet.pistes]
    assert _doutes(carnet, Genre.PISTE_HORS_SOMMAIRE)
    assert lignes_perdues(texte, carnet) == []


def test_an_orientation_that_lost_its_number_is_recognised_by_its_title(texte_synthetique: str):
    texte = _remplacer(
        texte_synthetique, "## Orientation 2\n\n# Ouvrir des lieux", "# Ouvrir des lieux"
    )
    carnet = analyser(texte)
    assert [lue.numero for lue in carnet.orientations] == [1, 2, 3]
    assert carnet.orientations[1].texte.startswith("Les bâtiments lourds")
    assert _doutes(carnet, Genre.ORIENTATION_INCERTAINE)


def test_headings_without_their_hash_are_recognised_and_told(texte_synthetique: str):
    texte = texte_synthetique.replace("## Piste •", "Piste •").replace("## Levier", "**Levier**")
    carnet = analyser(texte)
    assert [piste.page for piste in carnet.pistes] == [10, 16, 22, 28, 34]
    assert all(piste.levier for piste in carnet.pistes)
    assert len(_doutes(carnet, Genre.TITRE_DE_NIVEAU_INATTENDU)) == 3 + 4 + 5


def test_a_controverse_without_its_title_is_kept_and_told(texte_synthetique: str):
    texte = re.sub(r"### Horaires d'été.*\n", "", texte_synthetique)
    carnet = analyser(texte)
    assert [lue.numero for lue in carnet.controverses] == [1, 2]
    assert len(_doutes(carnet, Genre.CONTROVERSE_SANS_TITRE)) == 1


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(
    texte_synthetique: str, synthetique: Carnet
):
    assert analyser("\ufeff" + texte_synthetique.replace("\n", "\r\n")) == synthetique


@pytest.mark.parametrize("texte", ["", "\n \n", "# Un titre\n\nDu texte.", "Piste cyclable"])
def test_a_text_without_piste_nor_orientation_is_refused(texte: str):
    with pytest.raises(CarnetIllisible, match="Rien n'a été importé"):
        analyser(texte)


def test_hundreds_of_pistes_are_refused_at_once():
    with pytest.raises(CarnetIllisible, match="201"):
        analyser("\n\n".join(f"## Piste • Numéro {n}" for n in range(201)))
