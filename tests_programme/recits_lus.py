"""The shipped programme as its file says it: read and checked, without the database."""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reflexes.lecture import Bloc, CorpusIllisible, lire_toml
from tests_programme.models import Enseignement, Evaluation, Test

DOSSIER = Path(__file__).resolve().parent / "corpus"
FICHIER = DOSSIER / "capacites_publiques_2022.toml"


@dataclass
class OrganisationLivree:
    """An organisation; ``territoire`` is (niveau, code)."""

    cle: str
    nom: str
    type: str
    siren: str
    territoire: tuple[str, str] | None = None


@dataclass
class RecitLivre:
    """One account of a test. ``champs`` are columns; ``piste`` is a page of the carnet."""

    cle: str
    organisation: str
    piste: int
    champs: dict[str, str]
    evaluation: dict[str, str]
    criteres: list[str] = field(default_factory=list)
    enseignements: list[dict[str, str]] = field(default_factory=list)


@dataclass
class ProgrammeLivre:
    """The whole file, checked."""

    cle: str
    champs: dict[str, Any]
    pistes: list[int]
    organisations: list[OrganisationLivree]
    seances: list[dict[str, Any]]
    recits: list[RecitLivre]


def lire(fichier: Path = FICHIER) -> ProgrammeLivre:
    """Read the file. Raises CorpusIllisible with the place of the fault."""
    bloc = lire_toml(fichier)
    tete = bloc.bloc("programme")
    programme = ProgrammeLivre(
        cle=tete.texte("cle"),
        champs={nom: tete.texte(nom) for nom in ("titre", "presentation", "source")}
        | {"debut": tete.jour_exige("debut"), "fin": tete.jour("fin")},
        pistes=tete.liste("pistes", int),
        organisations=[organisation(b) for b in bloc.blocs("organisations")],
        seances=[_seance(b) for b in bloc.blocs("seances")],
        recits=[_recit(b) for b in bloc.blocs("tests")],
    )
    tete.fermer()
    bloc.fermer()
    _verifier(programme)
    return programme


def organisation(bloc: Bloc) -> OrganisationLivree:
    """One [[organisations]] table."""
    livree = OrganisationLivree(
        cle=bloc.texte("cle"),
        nom=bloc.texte("nom"),
        type=bloc.texte("type"),
        siren=bloc.texte("siren"),
    )
    with suppress(CorpusIllisible):  # some organisations match no territory
        lieu = bloc.bloc("territoire")
        livree.territoire = (lieu.texte("niveau"), lieu.texte("code"))
    bloc.fermer()
    return livree


def _seance(bloc: Bloc) -> dict[str, Any]:
    seance: dict[str, Any] = {"debut": bloc.jour("debut"), "fin": bloc.jour("fin")}
    seance |= {nom: bloc.texte(nom) for nom in ("titre", "periode", "lieu", "texte", "source")}
    bloc.fermer()
    return seance


def _recit(bloc: Bloc) -> RecitLivre:
    colonnes = ("titre", "contexte", "hypothese", "deroule", "retour_arriere", "signe_provisoire")
    recit = RecitLivre(
        cle=bloc.texte("cle"),
        organisation=bloc.texte("organisation"),
        piste=bloc.entier("piste"),
        champs={nom: bloc.texte(nom) for nom in (*colonnes, "etat", "periode", "issue", "source")},
        evaluation={nom: bloc.texte(nom) for nom in ("verdict", "suites", "suites_texte")},
        criteres=bloc.liste("criteres", str),
        enseignements=[_enseignement(b) for b in bloc.blocs("enseignements")],
    )
    bloc.fermer()
    return recit


def _enseignement(bloc: Bloc) -> dict[str, str]:
    lecon = {nom: bloc.texte(nom) for nom in ("type", "texte", "source")}
    bloc.fermer()
    return lecon


def _verifier(programme: ProgrammeLivre) -> None:
    cles = {organisation.cle for organisation in programme.organisations}
    for recit in programme.recits:
        ou = f"Test « {recit.cle} »"
        if recit.organisation not in cles:
            raise CorpusIllisible(f"{ou} : l'organisation « {recit.organisation} » n'existe pas.")
        if not recit.champs["source"]:
            raise CorpusIllisible(f"{ou} : un récit dit sa source.")
        dits = [
            (recit.champs["etat"], Test.Etat.values, "état"),
            (recit.evaluation["verdict"], [*Evaluation.Verdict.values, ""], "verdict"),
            (recit.evaluation["suites"], [*Evaluation.Suites.values, ""], "suites"),
            *[(e["type"], Enseignement.Type.values, "enseignement") for e in recit.enseignements],
        ]
        for dit, permis, quoi in dits:
            if dit not in permis:
                raise CorpusIllisible(f"{ou} : {quoi} inconnu, « {dit} ».")
