"""The shipped recueils as their files say them: read and checked, without the database."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pistes.redaction import DetailEcrit, InspirationEcrite, TextePiste, mot_cle_normalise
from reflexes.lecture import Bloc, CorpusIllisible, lire_toml

DOSSIER = Path(__file__).resolve().parent / "corpus"


@dataclass
class OrientationLivree:
    """One orientation of a recueil; ``aussi`` are pages."""

    numero: int
    mot_cle: str
    champs: dict[str, str]
    aussi: list[int]


@dataclass
class PisteLivree:
    """One piste: its place and its words."""

    rang: int
    page: int | None
    orientation: int | None
    texte: TextePiste
    terrains: list[str] = field(default_factory=list)


@dataclass
class RecueilLivre:
    """A whole recueil, checked: no mot-clé, orientation or renvoi names what is not there.

    ``enquete`` is the key of the one whose terrains its pistes answer; "" when they name none.
    """

    cle: str
    champs: dict[str, Any]
    orientations: list[OrientationLivree] = field(default_factory=list)
    pistes: list[PisteLivree] = field(default_factory=list)
    enquete: str = ""


def lire_tout(dossier: Path = DOSSIER) -> list[RecueilLivre]:
    """Every recueil of the corpus. Raises CorpusIllisible."""
    return [lire_carnet(dossier), lire_ensemble(dossier)]


def lire_carnet(dossier: Path = DOSSIER) -> RecueilLivre:
    """The notebook: one file for the recueil and its orientations, one file a piste."""
    bloc = lire_toml(dossier / "carnet.toml")
    recueil = _recueil(bloc.bloc("recueil"))
    recueil.orientations = [_orientation(b) for b in bloc.blocs("orientations")]
    bloc.fermer()
    fichiers = sorted((dossier / recueil.cle).glob("*.toml"))
    if not fichiers:
        raise CorpusIllisible(
            f"Aucun fichier de piste dans le dossier « {recueil.cle} » du corpus."
        )
    recueil.pistes = [_piste_du_carnet(lire_toml(fichier)) for fichier in fichiers]
    _verifier(recueil)
    return recueil


def lire_ensemble(dossier: Path = DOSSIER) -> RecueilLivre:
    """The ten pistes d'action of ENSEMBLE, in one file."""
    bloc = lire_toml(dossier / "ensemble.toml")
    recueil = _recueil(bloc.bloc("recueil"))
    for b in bloc.blocs("pistes"):
        recueil.pistes.append(PisteLivree(b.entier("numero"), None, None, _texte(b)))
        b.fermer()
    bloc.fermer()
    _verifier(recueil)
    return recueil


def _recueil(bloc: Bloc) -> RecueilLivre:
    champs: dict[str, Any] = {"annee": bloc.entier("annee")}
    champs |= {nom: bloc.texte(nom) for nom in ("titre", "editeur", "presentation", "source")}
    recueil = RecueilLivre(bloc.texte("cle"), champs, enquete=bloc.texte("enquete", ""))
    bloc.fermer()
    return recueil


def _orientation(bloc: Bloc) -> OrientationLivree:
    orientation = OrientationLivree(
        numero=bloc.entier("numero"),
        mot_cle=bloc.texte("mot_cle"),
        champs={nom: bloc.texte(nom) for nom in ("titre", "texte", "question", "source")},
        aussi=bloc.liste("aussi", int),
    )
    bloc.fermer()
    return orientation


def _piste_du_carnet(bloc: Bloc) -> PisteLivree:
    page = bloc.entier("page")
    terrains = bloc.liste("terrains", str)
    piste = PisteLivree(page, page, bloc.entier("orientation"), _texte(bloc), terrains)
    bloc.fermer()
    return piste


def _texte(bloc: Bloc) -> TextePiste:
    return TextePiste(
        titre=bloc.texte("titre"),
        autres_titres=bloc.liste("autres_titres", str),
        accroche=bloc.texte("accroche"),
        constat=bloc.texte("constat"),
        levier=bloc.texte("levier"),
        source=bloc.texte("source"),
        details=[_detail(b) for b in bloc.blocs("details")],
        inspirations=[_inspiration(b) for b in bloc.blocs("inspirations")],
        mots_cles=bloc.liste("mots_cles", str),
        renvois=bloc.liste("renvois", int),
    )


def _detail(bloc: Bloc) -> DetailEcrit:
    detail = DetailEcrit(bloc.texte("titre"), bloc.texte("texte", ""))
    bloc.fermer()
    return detail


def _inspiration(bloc: Bloc) -> InspirationEcrite:
    inspiration = InspirationEcrite(
        bloc.texte("titre"),
        **{nom: bloc.texte(nom, "") for nom in ("lieu", "pays", "texte", "lien")},
    )
    bloc.fermer()
    return inspiration


def _verifier(recueil: RecueilLivre) -> None:
    rangs = [piste.rang for piste in recueil.pistes]
    numeros = {orientation.numero for orientation in recueil.orientations}
    mots = {mot_cle_normalise(orientation.mot_cle) for orientation in recueil.orientations}
    if doubles := sorted({rang for rang in rangs if rangs.count(rang) > 1}):
        raise CorpusIllisible(
            f"Recueil « {recueil.cle} » : deux pistes portent le rang {doubles[0]}."
        )
    for piste in recueil.pistes:
        ou = f"Recueil « {recueil.cle} », piste {piste.rang}"
        if piste.orientation is not None and piste.orientation not in numeros:
            raise CorpusIllisible(f"{ou} : l'orientation {piste.orientation} n'existe pas.")
        for mot in piste.texte.mots_cles:
            if mot_cle_normalise(mot) not in mots:
                raise CorpusIllisible(f"{ou} : le mot-clé « {mot} » n'existe pas.")
        for page in piste.texte.renvois:
            if page not in rangs or page == piste.rang:
                raise CorpusIllisible(f"{ou} : le renvoi {page} ne mène à aucune autre piste.")
    for orientation in recueil.orientations:
        if inconnues := sorted(set(orientation.aussi) - set(rangs)):
            raise CorpusIllisible(
                f"Recueil « {recueil.cle} », orientation {orientation.numero} : "
                f"aucune piste page {inconnues[0]}."
            )
