"""Reading one piste: its section and what the contents say of it."""

from collections.abc import Sequence
from dataclasses import replace

from pistes.carnet.annonces import Annonce
from pistes.carnet.contexte import Contexte
from pistes.carnet.details import lire_details
from pistes.carnet.formes import Formes
from pistes.carnet.grammaire import Rubrique
from pistes.carnet.inspirations import lire_inspirations
from pistes.carnet.journal import Journal
from pistes.carnet.modele import Genre, PisteLue
from pistes.carnet.rubriques import Rangement, ranger
from pistes.carnet.sections import Section
from pistes.carnet.textes import texte_de
from pistes.carnet.titres import titre_retenu


def lire_piste(section: Section, formes: Formes, contexte: Contexte) -> PisteLue:
    """``contexte`` is the notebook's; the piste's own page is added here."""
    lue = section.annonce
    contexte = replace(contexte, depuis=lue.page if lue else None)
    titre = titre_retenu(section, contexte.journal)
    rangement = ranger(section, contexte.journal)
    deja = len(contexte.journal.renvois)
    constat = texte_de(rangement.blocs[Rubrique.CONSTAT], contexte)
    levier = texte_de(rangement.blocs[Rubrique.LEVIER], contexte)
    chapeau, details = lire_details(rangement.blocs[Rubrique.DETAILS], contexte)
    inspirations = lire_inspirations(rangement.blocs[Rubrique.INSPIRATIONS], contexte)
    renvois = (renvoi.vers for renvoi in contexte.journal.renvois[deja:])
    return PisteLue(
        page=contexte.depuis,
        titre=titre,
        titre_sommaire=lue.titre if lue and lue.au_sommaire else "",
        orientation=_orientation(section, contexte.journal),
        mots_cles=_mots_cles(section, rangement, formes, contexte.journal),
        accroche=lue.accroche if lue else "",
        constat=constat,
        levier=levier,
        chapeau_details=chapeau,
        details=details,
        inspirations=inspirations,
        renvois=tuple(
            dict.fromkeys(vers for vers in renvois if vers is not None and vers != contexte.depuis)
        ),
        ligne=section.ligne,
    )


def piste_sans_section(lue: Annonce, formes: Formes, journal: Journal) -> PisteLue:
    """A piste the contents announce and no page holds: kept, empty, and told."""
    journal.douter(
        lue.ligne,
        Genre.PISTE_SANS_SECTION,
        f"« {lue.titre} » est annoncée mais sa page est introuvable : la piste est lue sans texte.",
    )
    return PisteLue(
        page=lue.page,
        titre=lue.titre,
        titre_sommaire=lue.titre if lue.au_sommaire else "",
        orientation=lue.orientation,
        mots_cles=formes.garder(lue.mots_cles),
        accroche=lue.accroche,
        constat="",
        levier="",
        chapeau_details="",
        details=(),
        inspirations=(),
        renvois=(),
        ligne=lue.ligne,
    )


def _orientation(section: Section, journal: Journal) -> int | None:
    """Where the contents put it; where it stands when they say nothing."""
    annoncee = section.annonce.orientation if section.annonce else None
    if annoncee is None:
        return section.numero
    if section.numero is not None and section.numero != annoncee:
        journal.douter(
            section.ligne,
            Genre.ORIENTATION_INCERTAINE,
            f"Cette piste est imprimée sous l'orientation {section.numero}, mais le sommaire la "
            f"range sous l'orientation {annoncee}, qui est gardée.",
        )
    return annoncee


def _mots_cles(
    section: Section, rangement: Rangement, formes: Formes, journal: Journal
) -> tuple[str, ...]:
    """Those of the page; those of the contents when the page has none."""
    page = formes.garder(rangement.mots_cles)
    annonces = formes.garder(section.annonce.mots_cles if section.annonce else ())
    if not page:
        journal.douter(
            section.ligne,
            Genre.MOTS_CLES_MANQUANTS,
            f"La page n'a pas de mots-clés ; ceux du sommaire sont gardés : {_en_mots(annonces)}.",
        )
    elif annonces and set(page) != set(annonces):
        journal.douter(
            section.ligne,
            Genre.MOTS_CLES_DIFFERENTS,
            f"Mots-clés de la page : {_en_mots(page)} ; du sommaire : {_en_mots(annonces)}. "
            "Ceux de la page sont gardés.",
        )
    return page or annonces


def _en_mots(mots: Sequence[str]) -> str:
    return " ".join(f"#{mot}" for mot in mots) or "aucun"
