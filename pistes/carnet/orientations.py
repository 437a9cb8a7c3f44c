"""Reading an orientation's page."""

from collections import Counter
from dataclasses import replace

from pistes.carnet.annonces import Annonce
from pistes.carnet.contexte import Contexte
from pistes.carnet.formes import Formes
from pistes.carnet.journal import Journal
from pistes.carnet.listes import Ligne, lire_page
from pistes.carnet.modele import Genre, OrientationLue
from pistes.carnet.mots import mots_du_titre
from pistes.carnet.renvois import relever
from pistes.carnet.sections import Section, Sorte
from pistes.carnet.textes import texte_de
from pistes.carnet.titres import Titres, titres_par_page


def lire_orientations(
    sections: list[Section], annonces: list[Annonce], formes: Formes, contexte: Contexte
) -> tuple[OrientationLue, ...]:
    """One a number, by number; one that only the contents name is kept without text."""
    titres = titres_par_page(sections, annonces)
    lues: dict[int, OrientationLue] = {}
    for section in sections:
        if section.sorte is Sorte.ORIENTATION and section.numero is not None:
            lue = _lire(section, annonces, titres, formes, contexte)
            deja = lues.get(lue.numero)
            lues[lue.numero] = _reunir(deja, lue, contexte.journal) if deja else lue
    for section in sections:
        if section.sorte is Sorte.SOMMAIRE and section.numero is not None:
            if section.numero not in lues:
                lues[section.numero] = _sans_page(section, annonces, formes, contexte.journal)
            _comparer_titres(lues[section.numero], section, contexte.journal)
    return tuple(lues[numero] for numero in sorted(lues))


def _lire(
    section: Section,
    annonces: list[Annonce],
    titres: Titres,
    formes: Formes,
    contexte: Contexte,
) -> OrientationLue:
    numero = section.numero or 0
    page = lire_page(section)
    for ligne in page.lignes:
        relever(f"<sup>{ligne.ecrit}</sup>", ligne.ligne, None, contexte.plages, contexte.journal)
        _verifier_titre(ligne, titres, contexte.journal)
    siennes = [lue for lue in annonces if lue.orientation == numero]
    pages = _pages(page.lignes, contexte, aussi=False)
    _comparer_listes(section, pages, siennes, contexte.journal)
    if section.numero_deduit:
        contexte.journal.douter(
            section.ligne,
            Genre.ORIENTATION_INCERTAINE,
            f"« {section.titre} » a perdu sa ligne « Orientation » : d'après le sommaire, "
            f"c'est l'orientation {numero}.",
        )
    return OrientationLue(
        numero=numero,
        titre=section.titre,
        mot_cle=_mot_cle(section, page.mot_cle, siennes, formes, contexte.journal),
        texte=texte_de(page.reste, contexte),
        pages=tuple(sorted(lue.page for lue in siennes if lue.page is not None)) or pages,
        aussi=_pages(page.lignes, contexte, aussi=True),
        ligne=section.ligne,
    )


def _pages(lignes: list[Ligne], contexte: Contexte, *, aussi: bool) -> tuple[int, ...]:
    pages = (
        contexte.plages.piste_a(ligne.page)
        for ligne in lignes
        if ligne.aussi is aussi and ligne.page is not None
    )
    return tuple(dict.fromkeys(page for page in pages if page is not None))


def _mot_cle(
    section: Section, declare: str, siennes: list[Annonce], formes: Formes, journal: Journal
) -> str:
    if declare:
        return formes.garder((declare,))[0]
    nombres = Counter(mot for lue in siennes for mot in formes.garder(lue.mots_cles))
    deduit = nombres.most_common(1)[0][0] if nombres else ""
    journal.douter(
        section.ligne,
        Genre.MOT_CLE_MANQUANT,
        f"L'orientation {section.numero} ne dit pas son mot-clé ; le plus fréquent de ses pistes "
        f"est gardé : {f'#{deduit}' if deduit else 'aucun'}.",
    )
    return deduit


def _verifier_titre(ligne: Ligne, titres: Titres, journal: Journal) -> None:
    """A list that calls a piste by yet another name is worth knowing."""
    connus = titres.get(ligne.page or 0, [])
    mots = set(mots_du_titre(ligne.titre))
    if connus and not any(mots <= set(mots_du_titre(titre)) for titre in connus):
        journal.douter(
            ligne.ligne,
            Genre.TITRE_DE_LISTE,
            f"La page {ligne.page} est appelée ici « {ligne.titre} », "
            f"et ailleurs « {' », « '.join(connus)} ».",
        )


def _comparer_listes(
    section: Section, pages: tuple[int, ...], siennes: list[Annonce], journal: Journal
) -> None:
    annoncees = {lue.page for lue in siennes if lue.page is not None}
    if pages and annoncees and set(pages) != annoncees:
        journal.douter(
            section.ligne,
            Genre.LISTE_DIFFERENTE,
            f"L'orientation {section.numero} liste les pistes p. {_en_mots(pages)}, le sommaire "
            f"p. {_en_mots(annoncees)} : le sommaire est suivi.",
        )


def _en_mots(pages: tuple[int, ...] | set[int]) -> str:
    return ", ".join(map(str, sorted(pages)))


def _reunir(deja: OrientationLue, lue: OrientationLue, journal: Journal) -> OrientationLue:
    journal.douter(
        lue.ligne,
        Genre.ORIENTATION_REPETEE,
        f"L'orientation {lue.numero} revient (« {lue.titre} ») : son texte est ajouté au premier.",
    )
    textes = "\n\n".join(texte for texte in (deja.texte, lue.texte) if texte)
    aussi = tuple(dict.fromkeys(deja.aussi + lue.aussi))
    return replace(deja, titre=deja.titre or lue.titre, texte=textes, aussi=aussi)


def _sans_page(
    section: Section, annonces: list[Annonce], formes: Formes, journal: Journal
) -> OrientationLue:
    journal.douter(
        section.ligne,
        Genre.ORIENTATION_SANS_PAGE,
        f"L'orientation {section.numero} est au sommaire mais sa page est introuvable.",
    )
    siennes = [lue for lue in annonces if lue.orientation == section.numero]
    return OrientationLue(
        numero=section.numero or 0,
        titre=section.titre,
        mot_cle=_mot_cle(section, "", siennes, formes, journal),
        texte="",
        pages=tuple(sorted(lue.page for lue in siennes if lue.page is not None)),
        aussi=(),
        ligne=section.ligne,
    )


def _comparer_titres(lue: OrientationLue, sommaire: Section, journal: Journal) -> None:
    if mots_du_titre(lue.titre) != mots_du_titre(sommaire.titre):
        journal.douter(
            lue.ligne,
            Genre.TITRES_DIFFERENTS,
            f"Orientation {lue.numero} : « {lue.titre} » sur sa page, "
            f"« {sommaire.titre} » au sommaire.",
        )
