"""Reading the controverses and their terrains, some of which lost their heading."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pistes.carnet import grammaire
from pistes.carnet.blocs import Bloc, Nature
from pistes.carnet.contexte import Contexte
from pistes.carnet.modele import ControverseLue, Genre, TerrainLu
from pistes.carnet.textes import texte_de

_NIVEAU_DU_TITRE = 5


@dataclass
class _Terrain:
    ligne: int
    controverse: int
    rang: int
    titre: str
    blocs: list[Bloc] = field(default_factory=list)


@dataclass
class _Controverse:
    ligne: int
    numero: int | None
    poles: tuple[str, str, str]
    blocs: list[Bloc] = field(default_factory=list)
    terrains: list[_Terrain] = field(default_factory=list)


@dataclass
class _Partie:
    """The controverses found so far; ``annonce`` is a ``Controverse #n`` waiting for its title."""

    lues: list[_Controverse] = field(default_factory=list)
    restes: list[Bloc] = field(default_factory=list)
    annonce: Bloc | None = None
    close: bool = False


def lire_controverses(
    blocs: list[Bloc], contexte: Contexte
) -> tuple[tuple[ControverseLue, ...], list[Bloc]]:
    """The controverses among the blocks before the pistes, and the blocks that are none of them."""
    partie = _Partie()
    for bloc in blocs:
        if bloc.nature is not Nature.FILET:
            _classer(bloc, partie, contexte)
    return tuple(_finir(partie.lues, contexte)), partie.restes


def _classer(bloc: Bloc, partie: _Partie, contexte: Contexte) -> None:
    """Give a block its place. A heading of level 1 after the controverses closes them."""
    courante = partie.lues[-1] if partie.lues else None
    poles = grammaire.poles(bloc)
    attend_son_titre = courante and courante.terrains and not courante.terrains[-1].titre
    if bloc.niveau == 1 and courante:
        partie.close = True
    if partie.close:
        partie.restes.append(bloc)
    elif grammaire.controverse(bloc) is not None:
        partie.annonce = bloc
    elif trouve := grammaire.terrain(bloc):
        _ouvrir_terrain(bloc, trouve, partie, contexte)
    elif courante and attend_son_titre and bloc.nature is Nature.TITRE:
        _titrer(courante.terrains[-1], bloc, contexte)
    elif poles and (partie.annonce or courante or bloc.niveau >= 3):
        numero = grammaire.controverse(partie.annonce) if partie.annonce else None
        partie.lues.append(_Controverse(bloc.ligne, numero, poles))
        partie.annonce = None
    elif courante is None:
        partie.restes.append(bloc)
    elif courante.terrains:
        courante.terrains[-1].blocs.append(bloc)
    else:
        courante.blocs.append(bloc)


def _ouvrir_terrain(
    bloc: Bloc, trouve: tuple[int, int, str], partie: _Partie, contexte: Contexte
) -> None:
    """A terrain whose number belongs to no controverse read begins one that lost its title."""
    numero, rang, titre = trouve
    courante = partie.lues[-1] if partie.lues else None
    connu = _numero_connu(courante)
    if courante is None or (connu is not None and connu != numero):
        courante = _Controverse(bloc.ligne, numero, ("", "", ""))
        partie.lues.append(courante)
        contexte.journal.douter(
            bloc.ligne,
            Genre.CONTROVERSE_SANS_TITRE,
            f"Le terrain {numero}.{rang} n'est sous aucun titre de controverse : "
            f"la controverse {numero} est créée sans thème ni pôles.",
        )
    courante.terrains.append(_Terrain(bloc.ligne, numero, rang, titre))


def _numero_connu(lue: _Controverse | None) -> int | None:
    if lue is None:
        return None
    if lue.numero is not None:
        return lue.numero
    return lue.terrains[0].controverse if lue.terrains else None


def _titrer(terrain: _Terrain, bloc: Bloc, contexte: Contexte) -> None:
    terrain.titre = grammaire.nu(bloc.texte).rstrip(" .")
    if bloc.niveau != _NIVEAU_DU_TITRE:
        contexte.journal.douter(
            bloc.ligne,
            Genre.TITRE_DE_NIVEAU_INATTENDU,
            f"Le titre du terrain {terrain.controverse}.{terrain.rang} est de niveau {bloc.niveau} "
            f"au lieu de {_NIVEAU_DU_TITRE}.",
        )


def _finir(lues: list[_Controverse], contexte: Contexte) -> Iterator[ControverseLue]:
    precedent = 0
    for lue in lues:
        numero = lue.numero
        if numero is None:
            numero = _numero_connu(lue) or precedent + 1
            source = "ses terrains" if lue.terrains else "sa place"
            contexte.journal.douter(
                lue.ligne,
                Genre.CONTROVERSE_SANS_NUMERO,
                f"La controverse « {lue.poles[0]} » a perdu sa ligne « Controverse # » : "
                f"d'après {source}, c'est la {numero}.",
            )
        precedent = numero
        yield ControverseLue(
            numero,
            *lue.poles,
            texte_de(lue.blocs, contexte),
            tuple(_terrain(terrain, contexte) for terrain in lue.terrains),
            lue.ligne,
        )


def _terrain(lu: _Terrain, contexte: Contexte) -> TerrainLu:
    numero = f"{lu.controverse}.{lu.rang}"
    if not lu.titre:
        contexte.journal.douter(
            lu.ligne, Genre.TERRAIN_SANS_TITRE, f"Le terrain {numero} n'a pas de titre."
        )
    return TerrainLu(numero, lu.titre, texte_de(lu.blocs, contexte), lu.ligne)
