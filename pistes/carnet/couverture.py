"""Checking that no line of the file was lost: each is in a field, in the grammar, or in a doubt."""

import re
from collections.abc import Iterator

from pistes.carnet import grammaire
from pistes.carnet.blocs import Bloc, Nature, decouper
from pistes.carnet.modele import Carnet, Genre, OrientationLue, PisteLue
from pistes.carnet.mots import racine, sans_accents
from pistes.carnet.renvois import ecrire

# The doubts that quote a text kept nowhere else, or point to it.
_CITENT = frozenset(
    (
        Genre.TEXTE_NON_CLASSE,
        Genre.TEXTE_NON_IMPORTE,
        Genre.TITRE_DE_LISTE,
        Genre.TITRES_DIFFERENTS,
        Genre.PAGE_REPETEE,
        Genre.ORIENTATION_REPETEE,
    )
)
_LIEN = re.compile(r"\[([^\[\]]*)\]\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_PAGE = re.compile(r"\(p\. \d+\)")
_SIGNES = re.compile(r"[\W_]+")
_LIGNE_DE_LISTE = re.compile(r"[^<>]+<sup>\s*([^<]{0,20}?)\s*</sup>\s*[.,;]?")


def lignes_perdues(texte: str, carnet: Carnet) -> list[int]:
    """The non-blank lines that stand in no field, no grammar explains and no doubt cites.

    It reads the file anew and trusts nothing the reading noted, doubts excepted.
    """
    citees = {
        ligne
        for doute in carnet.doutes
        if doute.genre in _CITENT
        for ligne in range(doute.ligne, (doute.fin or doute.ligne) + 1)
    }
    champs = _Champs(carnet)
    return [
        ligne
        for bloc in decouper(texte)
        if not _est_de_la_grammaire(bloc, carnet)
        for ligne, mots in enumerate(_lignes(bloc), start=bloc.ligne)
        if ligne not in citees and not champs.contiennent(mots)
    ]


def _lignes(bloc: Bloc) -> tuple[str, ...]:
    """The lines to look for: of a piste's heading, the title alone."""
    titre = grammaire.piste(bloc)
    return bloc.lignes if titre is None else (titre,)


class _Champs:
    """All the fields as one string of letters, in the order of the file."""

    def __init__(self, carnet: Carnet) -> None:
        self._tout = "|".join(_empreinte(champ) for champ in _champs(carnet))
        self._position = 0

    def contiennent(self, ligne: str) -> bool:
        cherche = _empreinte(ligne)
        if not cherche:
            return True
        position = self._tout.find(cherche, self._position)
        if position < 0:
            position = self._tout.find(cherche)
        if position < 0:
            return False
        self._position = position
        return True


def _empreinte(texte: str) -> str:
    """The letters and figures of a text: whatever was mended, they are the same."""
    nu = _LIEN.sub(lambda lien: _lien(lien[1], lien[2]), texte)
    return _SIGNES.sub("", _PAGE.sub("", ecrire(nu)).casefold())


def _lien(etiquette: str, adresse: str) -> str:
    if adresse in ("", "#") or etiquette.startswith("#"):
        return etiquette if not etiquette.startswith("#") else ""
    return adresse if etiquette.startswith("http") else f"{etiquette} {adresse}"


def _champs(carnet: Carnet) -> Iterator[str]:
    for piste in sorted(carnet.pistes, key=lambda piste: piste.ligne):
        yield f"{piste.titre_sommaire} {piste.accroche}"
    for controverse in carnet.controverses:
        yield f"{controverse.theme} {controverse.pole_a} ou {controverse.pole_b}"
        yield controverse.texte
        for terrain in controverse.terrains:
            yield f"{terrain.numero} {terrain.titre}"
            yield terrain.texte
    parties: list[OrientationLue | PisteLue] = [*carnet.orientations, *carnet.pistes]
    for partie in sorted(parties, key=lambda partie: partie.ligne):
        yield from _champs_de(partie)


def _champs_de(partie: OrientationLue | PisteLue) -> Iterator[str]:
    yield partie.titre
    if isinstance(partie, OrientationLue):
        yield partie.texte
        return
    yield from (partie.constat, partie.levier, partie.chapeau_details)
    for detail in partie.details:
        yield f"{detail.titre} {detail.texte}"
    for inspiration in partie.inspirations:
        yield from (inspiration.titre, inspiration.texte, inspiration.lien)


def _est_de_la_grammaire(bloc: Bloc, carnet: Carnet) -> bool:
    """Headings and lists that say where things are, rather than things."""
    if bloc.nature is Nature.FILET:
        return True
    if bloc.nature is Nature.MOTS_CLES:
        connus = {_mot(mot) for piste in carnet.pistes for mot in piste.mots_cles}
        return {_mot(mot) for mot in grammaire.mots_cles(bloc.texte)} <= connus
    trouve = _LIGNE_DE_LISTE.fullmatch(bloc.texte) if bloc.nature is Nature.POINT else None
    if trouve:
        # Its title is the piste's, or a doubt says it is not.
        return any(renvoi.ligne == bloc.ligne for renvoi in carnet.renvois)
    return (
        grammaire.rubrique(bloc) is not None
        or grammaire.est_sommaire(bloc)
        or grammaire.est_et_aussi(bloc)
        or grammaire.controverse(bloc) is not None
        or grammaire.mot_cle_declare(bloc) is not None
        or (grammaire.orientation(bloc) or (0, "titre"))[1] == ""
        or (grammaire.terrain(bloc) or (0, 0, "titre"))[2] == ""
        or grammaire.piste(bloc) == ""
    )


def _mot(mot: str) -> str:
    return racine(sans_accents(mot))
