"""What was read: frozen data, one class a noun, every one with its line in the file."""

from dataclasses import dataclass
from enum import StrEnum


class Genre(StrEnum):
    """What a doubt is about."""

    ACCROCHE_MANQUANTE = "accroche_manquante"
    CARACTERE_ECHAPPE = "caractere_echappe"
    CONTROVERSE_SANS_NUMERO = "controverse_sans_numero"
    CONTROVERSE_SANS_TITRE = "controverse_sans_titre"
    INSPIRATION_SANS_TITRE = "inspiration_sans_titre"
    LIEN_CASSE = "lien_casse"
    LIEN_DOUTEUX = "lien_douteux"
    LIEN_REPARE = "lien_repare"
    LIEN_SANS_ADRESSE = "lien_sans_adresse"
    LIEU_DEDUIT = "lieu_deduit"
    LISTE_DIFFERENTE = "liste_differente"
    MOT_CLE_INCONNU = "mot_cle_inconnu"
    MOT_CLE_MANQUANT = "mot_cle_manquant"
    MOT_CLE_VARIABLE = "mot_cle_variable"
    MOT_RECOLLE = "mot_recolle"
    MOTS_CLES_DEPLACES = "mots_cles_deplaces"
    MOTS_CLES_MANQUANTS = "mots_cles_manquants"
    MOTS_CLES_DIFFERENTS = "mots_cles_differents"
    NOMBRE_ANNONCE = "nombre_annonce"
    ORDRE_DU_SOMMAIRE = "ordre_du_sommaire"
    ORIENTATION_INCERTAINE = "orientation_incertaine"
    ORIENTATION_REPETEE = "orientation_repetee"
    ORIENTATION_SANS_PAGE = "orientation_sans_page"
    PAGE_MANQUANTE = "page_manquante"
    PAGE_REPETEE = "page_repetee"
    PARAGRAPHES_INTERVERTIS = "paragraphes_intervertis"
    PHRASE_COUPEE = "phrase_coupee"
    PHRASE_RECOLLEE = "phrase_recollee"
    PISTE_HORS_SOMMAIRE = "piste_hors_sommaire"
    PISTE_SANS_SECTION = "piste_sans_section"
    RENVOI_SANS_PISTE = "renvoi_sans_piste"
    RUBRIQUE_MANQUANTE = "rubrique_manquante"
    RUBRIQUE_REPETEE = "rubrique_repetee"
    TERRAIN_SANS_TITRE = "terrain_sans_titre"
    TEXTE_NON_CLASSE = "texte_non_classe"
    TEXTE_NON_IMPORTE = "texte_non_importe"
    TITRE_DE_LISTE = "titre_de_liste"
    TITRE_DE_NIVEAU_INATTENDU = "titre_de_niveau_inattendu"
    TITRE_INCERTAIN = "titre_incertain"
    TITRE_MANQUANT = "titre_manquant"
    TITRE_PROLONGE = "titre_prolonge"
    TITRES_DIFFERENTS = "titres_differents"


@dataclass(frozen=True, slots=True)
class Doute:
    """Something the reading was unsure of. ``fin`` is the last line when it is about several."""

    ligne: int
    genre: Genre
    message: str
    fin: int | None = None


@dataclass(frozen=True, slots=True)
class RenvoiLu:
    """One ``<sup>`` reference. ``depuis`` and ``vers`` name pistes by their first page.

    ``depuis`` is None outside the pistes; ``vers`` is None when no piste answers (then a doubt says
    so); both are equal when a piste refers to its own inspirations.
    """

    ligne: int
    ecrit: str
    depuis: int | None
    vers: int | None


@dataclass(frozen=True, slots=True)
class TerrainLu:
    """``numero`` as printed: "1.1"."""

    numero: str
    titre: str
    texte: str
    ligne: int


@dataclass(frozen=True, slots=True)
class ControverseLue:
    """A tension between two poles, with the terrains where it shows."""

    numero: int
    theme: str
    pole_a: str
    pole_b: str
    texte: str
    terrains: tuple[TerrainLu, ...]
    ligne: int


@dataclass(frozen=True, slots=True)
class OrientationLue:
    """``pages`` are its own pistes, ``aussi`` the others it sends to; ``mot_cle`` has no #."""

    numero: int
    titre: str
    mot_cle: str
    texte: str
    pages: tuple[int, ...]
    aussi: tuple[int, ...]
    ligne: int


@dataclass(frozen=True, slots=True)
class DetailLu:
    """A titled point of a piste."""

    titre: str
    texte: str
    ligne: int


@dataclass(frozen=True, slots=True)
class InspirationLue:
    """Somewhere it has been done. ``lieu`` is guessed from the title; ``lien`` is http(s)."""

    titre: str
    lieu: str
    texte: str
    lien: str
    ligne: int


@dataclass(frozen=True, slots=True)
class PisteLue:
    """A piste. ``page`` is its key in the notebook, None when nothing announces it.

    ``titre`` is its own page's, or the contents' when the page lost it. ``chapeau_details`` is what
    stands between the heading "Détails" and the first titled point. ``renvois`` are the first pages
    of the other pistes it refers to.
    """

    page: int | None
    titre: str
    titre_sommaire: str
    orientation: int | None
    mots_cles: tuple[str, ...]
    accroche: str
    constat: str
    levier: str
    chapeau_details: str
    details: tuple[DetailLu, ...]
    inspirations: tuple[InspirationLue, ...]
    renvois: tuple[int, ...]
    ligne: int


@dataclass(frozen=True, slots=True)
class Carnet:
    """The whole notebook: orientations by number, pistes by page, doubts and references by line."""

    controverses: tuple[ControverseLue, ...]
    orientations: tuple[OrientationLue, ...]
    pistes: tuple[PisteLue, ...]
    renvois: tuple[RenvoiLu, ...]
    doutes: tuple[Doute, ...]
