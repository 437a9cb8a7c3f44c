"""One spelling for each mot-clé: #Commun and #Communs are the same word."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from pistes.carnet import grammaire
from pistes.carnet.annonces import Annonce
from pistes.carnet.blocs import Nature
from pistes.carnet.journal import Journal
from pistes.carnet.listes import lire_page
from pistes.carnet.modele import Genre
from pistes.carnet.mots import en_lignes, racine, sans_accents
from pistes.carnet.sections import Section, Sorte


@dataclass(frozen=True, slots=True)
class _Emploi:
    mot: str
    ligne: int
    declare: bool


class Formes:
    """Knows the kept spelling of every mot-clé of the notebook."""

    def __init__(self, emplois: list[_Emploi], journal: Journal) -> None:
        par_cle: dict[str, list[_Emploi]] = defaultdict(list)
        for emploi in emplois:
            par_cle[_cle(emploi.mot)].append(emploi)
        self._gardees = {cle: _forme_gardee(groupe) for cle, groupe in par_cle.items()}
        for cle, groupe in par_cle.items():
            _douter_des_variantes(groupe, self._gardees[cle], journal)

    @classmethod
    def relevees(
        cls, sections: list[Section], annonces: list[Annonce], journal: Journal
    ) -> "Formes":
        """Collect every mot-clé: contents, pages of the orientations, pages of the pistes."""
        emplois = [_Emploi(mot, lue.ligne, False) for lue in annonces for mot in lue.mots_cles]
        for section in sections:
            if section.sorte is Sorte.ORIENTATION and (mot := (page := lire_page(section)).mot_cle):
                emplois.append(_Emploi(mot, page.ligne_mot_cle, True))
            elif section.sorte is Sorte.PISTE:
                emplois += [
                    _Emploi(mot, bloc.ligne, False)
                    for bloc in section.blocs
                    if bloc.nature is Nature.MOTS_CLES
                    for mot in grammaire.mots_cles(bloc.texte)
                ]
        return cls(emplois, journal)

    def garder(self, mots: tuple[str, ...] | list[str]) -> tuple[str, ...]:
        """The kept spellings, each once, in order."""
        return tuple(dict.fromkeys(self._gardees.get(_cle(mot), mot) for mot in mots))


def _cle(mot: str) -> str:
    return racine(sans_accents(mot))


def _capitale(mot: str) -> str:
    return mot[:1].upper() + mot[1:]


def _forme_gardee(emplois: list[_Emploi]) -> str:
    """The orientation's own spelling if one piste at least has it, else the most frequent."""
    nombres = Counter(_capitale(emploi.mot) for emploi in emplois if not emploi.declare)
    declarees = [_capitale(emploi.mot) for emploi in emplois if emploi.declare]
    for forme in declarees:
        if forme in nombres or not nombres:
            return forme
    return nombres.most_common(1)[0][0]


def _douter_des_variantes(emplois: list[_Emploi], gardee: str, journal: Journal) -> None:
    lignes: dict[str, list[int]] = defaultdict(list)
    for emploi in emplois:
        if _capitale(emploi.mot) != gardee:
            lignes[emploi.mot].append(emploi.ligne)
    for forme, places in lignes.items():
        journal.douter(
            places[0],
            Genre.MOT_CLE_VARIABLE,
            f"« #{forme} » est lu comme « #{gardee} » ({en_lignes(places)}).",
        )
