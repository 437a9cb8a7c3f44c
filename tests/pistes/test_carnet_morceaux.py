"""Reading what another edition might hold: each small scar, alone, in a notebook of one piste."""

import pytest

from pistes.carnet.analyse import analyser
from pistes.carnet.couverture import lignes_perdues
from pistes.carnet.modele import Carnet, Genre, PisteLue
from pistes.carnet.rapport import rendre

SOMMAIRE = """# Table des matières des orientations

## Orientation 1

### Garder l'ombre

- **Le banc du soir** <sup>10</sup>, pour souffler un peu
[#Ombre](#)
"""
ORIENTATION = """
## Orientation 1

# Garder l'ombre

Les pistes #ombre sont :

- Le banc du soir <sup>10</sup>

Un texte sur l'ombre.
"""
PISTE = """
## Piste • Le banc du soir

#Ombre

Le constat du banc.

## Levier

Le levier du banc.

## Détails

- **Un seul geste**

Son texte.

## Inspirations

### La place de Rivebasse

On y reste tard.
"""


def _lire(texte: str) -> Carnet:
    """Read, and check at the same time that nothing was lost."""
    carnet = analyser(texte)
    assert lignes_perdues(texte, carnet) == []
    return carnet


def _avec(avant: str, apres: str) -> Carnet:
    assert avant in PISTE
    return _lire(SOMMAIRE + ORIENTATION + PISTE.replace(avant, apres))


def _la_piste(carnet: Carnet) -> PisteLue:
    (piste,) = carnet.pistes
    return piste


def _genres(carnet: Carnet) -> list[str]:
    return [doute.genre.value for doute in carnet.doutes]


def test_a_healthy_notebook_raises_no_doubt():
    carnet = _lire(SOMMAIRE + ORIENTATION + PISTE.replace("de Rivebasse", "du soir"))
    assert carnet.doutes == ()
    assert "Aucun." in rendre(carnet)


@pytest.mark.parametrize(
    ("ecrit", "lu", "genre"),
    [
        ("[le site](#)", "le site", Genre.LIEN_SANS_ADRESSE),
        ("[le site](www.exemple.org)", "le site (www.exemple.org)", Genre.LIEN_CASSE),
        ("[le site](https://exemple)", "le site (https://exemple)", Genre.LIEN_CASSE),
        ("<https://exemple>", "https://exemple", Genre.LIEN_CASSE),
        ("https://[casse", "https://[casse", Genre.LIEN_CASSE),
        ("<https://a.org/b et la suite", "<https://a.org/b> et la suite", Genre.LIEN_CASSE),
        ("[le site](https://exemple.org/a)", "[le site](https://exemple.org/a)", None),
        ("https://exemple.org/a.", "<https://exemple.org/a>.", None),
        ("[https://a.org/b](https://a.org/c)", "<https://a.org/c>", Genre.LIEN_DOUTEUX),
        ("https://exemple.org/été", "<https://exemple.org/été>", Genre.LIEN_DOUTEUX),
        ("[sic] (entre parenthèses)", "[sic] (entre parenthèses)", None),
        ("[sic](entre parenthèses)", "[sic](entre parenthèses)", None),
        ("un\\_mot", "un_mot", Genre.CARACTERE_ECHAPPE),
        ("un mot cou- pé", "un mot coupé", Genre.MOT_RECOLLE),
        ("les sous- et sur-usages", "les sous- et sur-usages", None),
        ("le 1<sup>er</sup> mai", "le 1er mai", None),
        ("la page<sup>10", "la page10", Genre.RENVOI_SANS_PISTE),
    ],
)
def test_a_scar_inside_a_sentence_is_mended_or_told(ecrit: str, lu: str, genre: Genre | None):
    carnet = _avec("Le levier du banc.", f"Voir {ecrit}")
    assert _la_piste(carnet).levier == f"Voir {lu}"
    assert [g for g in _genres(carnet) if g != "lieu_deduit"] == ([genre] if genre else [])


def test_a_word_cut_between_two_paragraphs_is_whole_again():
    carnet = _avec("Le levier du banc.", "Un levier qui deman-\n\nderait du temps.")
    assert _la_piste(carnet).levier == "Un levier qui demanderait du temps."
    assert {"mot_recolle", "phrase_recollee"} <= set(_genres(carnet))


def test_half_a_sentence_is_told_when_nothing_completes_it():
    long = "une phrase assez longue pour en être une, mais que la page a coupée net au milieu du"
    carnet = _avec("Le levier du banc.", f"Le levier.\n\nqui commence ici.\n\nEt.\n\nPuis {long}")
    assert _genres(carnet).count("phrase_coupee") == 2


def test_two_paragraphs_read_in_the_wrong_order_are_put_back():
    long = "Une phrase assez longue pour en être une, mais que la page a coupée net au milieu du"
    carnet = _avec("Le levier du banc.", f"chemin.\n\n{long}")
    assert _la_piste(carnet).levier == f"{long} chemin."
    assert "paragraphes_intervertis" in _genres(carnet)


def test_a_text_may_follow_a_title_without_a_blank_line():
    (detail,) = _la_piste(_avec("geste**\n\nSon", "geste**\nSon")).details
    assert (detail.titre, detail.texte) == ("Un seul geste", "Son texte.")


def test_bold_lines_may_stand_for_the_titles_of_details_and_inspirations():
    carnet = _avec("- **Un seul geste**", "**Un seul geste**")
    assert _la_piste(carnet).details[0].titre == "Un seul geste"
    carnet = _avec("### La place de Rivebasse", "**La place de Rivebasse**")
    assert _la_piste(carnet).inspirations[0].titre == "La place de Rivebasse"
    assert "titre_incertain" in _genres(carnet)


def test_list_items_that_are_sentences_stay_in_the_text():
    carnet = _avec("Son texte.", "Son texte :\n\n- un arbre,\n- une fontaine.\n\nEt voilà.")
    (detail,) = _la_piste(carnet).details
    assert detail.texte == "Son texte :\n\n- un arbre,\n- une fontaine.\n\nEt voilà."


def test_an_inspiration_without_title_is_kept_and_told():
    carnet = _avec("### La place de Rivebasse\n", "")
    assert _la_piste(carnet).inspirations[0].texte == "On y reste tard."
    assert "inspiration_sans_titre" in _genres(carnet)


def test_an_unknown_heading_stays_in_bold_in_the_text():
    carnet = _avec("Le levier du banc.", "### Remarque\n\nLe levier du banc.")
    assert _la_piste(carnet).levier == "**Remarque**\n\nLe levier du banc."
    assert "titre_de_niveau_inattendu" in _genres(carnet)


def test_mots_cles_out_of_place_stay_in_the_text():
    carnet = _avec("Le levier du banc.", "#Ombre\n\nLe levier du banc.")
    assert _la_piste(carnet).levier.startswith("#Ombre")
    assert "mots_cles_deplaces" in _genres(carnet)


def test_a_repeated_rubrique_is_joined_and_told():
    carnet = _avec("## Inspirations", "## Levier\n\nUn autre levier.\n\n## Inspirations")
    assert _la_piste(carnet).levier == "Le levier du banc.\n\nUn autre levier."
    assert "rubrique_repetee" in _genres(carnet)


def test_a_mot_cle_of_no_orientation_is_told():
    carnet = _avec("#Ombre", "#Ombre\n#Soir")
    assert _la_piste(carnet).mots_cles == ("Ombre", "Soir")
    assert {"mot_cle_inconnu", "mots_cles_differents"} <= set(_genres(carnet))


def test_a_heading_piste_without_title_takes_the_announced_one():
    carnet = _avec("Piste • Le banc du soir", "Piste •")
    assert _la_piste(carnet).titre == "Le banc du soir"
    assert "titre_manquant" in _genres(carnet)


def test_an_orientation_printed_twice_is_one():
    carnet = _lire(SOMMAIRE + ORIENTATION + ORIENTATION.replace("Un texte", "La suite") + PISTE)
    (orientation,) = carnet.orientations
    assert orientation.texte == "Un texte sur l'ombre.\n\nLa suite sur l'ombre."
    assert "orientation_repetee" in _genres(carnet)


def test_an_orientation_without_a_page_is_kept_with_its_title():
    carnet = _lire(SOMMAIRE + PISTE)
    (orientation,) = carnet.orientations
    assert (orientation.titre, orientation.mot_cle) == ("Garder l'ombre", "Ombre")
    assert "orientation_sans_page" in _genres(carnet)


def test_without_contents_the_orientation_s_list_gives_the_pages():
    carnet = _lire(ORIENTATION + PISTE)
    assert (_la_piste(carnet).page, _la_piste(carnet).titre_sommaire) == (10, "")
    assert "piste_hors_sommaire" in _genres(carnet)


def test_a_piste_alone_has_no_page_and_is_reported_apart():
    carnet = _lire(PISTE)
    assert _la_piste(carnet).page is None
    assert "Sans orientation\n   p.   ?  Le banc du soir" in rendre(carnet)


def test_a_list_that_names_a_piste_otherwise_is_told():
    carnet = _lire(SOMMAIRE + ORIENTATION.replace("Le banc du soir", "La chaise longue") + PISTE)
    assert "titre_de_liste" in _genres(carnet)


def test_lists_that_differ_from_the_contents_are_told():
    deux = "- **Le pin** <sup>14</sup>, pour rire\n[#Ombre](#)\n"
    carnet = _lire(SOMMAIRE + deux + ORIENTATION + PISTE)
    assert {"liste_differente", "piste_sans_section"} <= set(_genres(carnet))


@pytest.mark.parametrize(
    ("avant", "apres", "genre"),
    [
        ("<sup>10</sup>, pour", "<sup>PAGE</sup>, pour", Genre.PAGE_MANQUANTE),
        (", pour souffler un peu", "", Genre.ACCROCHE_MANQUANTE),
        ("[#Ombre](#)\n", "[#Ombre](#)\n\nUn mot de trop.\n", Genre.TEXTE_NON_CLASSE),
        ("[#Ombre](#)\n", "\n#Ombre\n", None),
        (
            "[#Ombre](#)\n",
            "[#Ombre](#)\n- **Encore** <sup>10</sup>, pour rire\n",
            Genre.PAGE_REPETEE,
        ),
        ("### Garder l'ombre", "### Garder la nuit", Genre.TITRES_DIFFERENTS),
    ],
)
def test_a_scar_of_the_contents_is_told(avant: str, apres: str, genre: Genre | None):
    assert avant in SOMMAIRE
    carnet = _lire(SOMMAIRE.replace(avant, apres) + ORIENTATION + PISTE)
    assert _la_piste(carnet).titre == "Le banc du soir"
    assert genre is None or genre in _genres(carnet)


def test_a_piste_printed_under_another_orientation_follows_the_contents():
    autre = "\n## Orientation 2\n\n# Autre chose\n\nUn texte.\n"
    carnet = _lire(SOMMAIRE + ORIENTATION + autre + PISTE)
    assert _la_piste(carnet).orientation == 1
    assert {"orientation_incertaine", "mot_cle_manquant"} <= set(_genres(carnet))


def test_a_terrain_without_title_is_kept_and_told():
    carnet = _lire("## Controverse #4\n\n#### [Terrain 4.1]\n\nUn texte.\n\n" + PISTE)
    assert carnet.controverses[0].terrains[0].texte == "Un texte."
    assert {"terrain_sans_titre", "controverse_sans_titre"} <= set(_genres(carnet))


def test_every_kind_of_doubt_is_written_in_small_letters_and_underscores():
    assert all(genre.value == genre.name.lower() for genre in Genre)
