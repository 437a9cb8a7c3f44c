"""The shipped enquête: étapes, controverses, terrains, versions of the cartographie."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from config.jours import instant_de
from reflexes.lecture import Bloc, CorpusIllisible, lire_toml
from reflexes.livraison import Bilan, livrer
from reflexes.models import (
    Controverse,
    ControverseFigee,
    Enquete,
    Etape,
    Terrain,
    TerrainFige,
    VersionCartographie,
)

FICHIER = Path(__file__).resolve().parent / "corpus" / "reflexes_publics.toml"


@dataclass
class VersionLivree:
    """One version of the cartographie as the file says it; terrains by their key."""

    code: str
    publiee_le: dt.date
    champs: dict[str, Any]
    terrains: dict[str, dict[str, str]]


@dataclass
class EnqueteLivree:
    """The whole file, checked."""

    cle: str
    champs: dict[str, Any]
    etapes: dict[int, dict[str, Any]]
    controverses: dict[str, dict[str, Any]]
    terrains: dict[str, str]
    versions: list[VersionLivree]


def lire(fichier: Path = FICHIER) -> EnqueteLivree:
    """Read and check the file, without touching the database. Raises CorpusIllisible."""
    bloc = lire_toml(fichier)
    enquete = bloc.bloc("enquete")
    livree = EnqueteLivree(
        cle=enquete.texte("cle"),
        champs=_champs(enquete, "titre", "presentation", "source")
        | {"debut": enquete.jour_exige("debut"), "fin": enquete.jour("fin")},
        etapes={b.entier("numero"): _etape(b) for b in bloc.blocs("etapes")},
        controverses={b.texte("cle"): _controverse(b) for b in bloc.blocs("controverses")},
        terrains={b.texte("cle"): b.texte("controverse") for b in bloc.blocs("terrains")},
        versions=[_version(b) for b in bloc.blocs("versions")],
    )
    for partie in (bloc, enquete):
        partie.fermer()
    _verifier_les_liens(fichier.name, livree)
    return livree


def charger(livree: EnqueteLivree) -> Bilan:
    """Write what is new, in one transaction. A published version is frozen: never rewritten."""
    bilan = Bilan()
    with transaction.atomic():
        enquete = livrer(Enquete, {"cle": livree.cle}, livree.champs, bilan)
        for numero, champs in livree.etapes.items():
            livrer(Etape, {"enquete": enquete, "numero": numero}, champs, bilan)
        controverses = {
            cle: livrer(Controverse, {"enquete": enquete, "cle": cle}, champs, bilan)
            for cle, champs in livree.controverses.items()
        }
        terrains = _terrains(livree, controverses, bilan)
        for version in livree.versions:
            _charger_version(enquete, version, livree, controverses, terrains, bilan)
    return bilan


def _champs(bloc: Bloc, *noms: str) -> dict[str, Any]:
    return {nom: bloc.texte(nom) for nom in noms}


def _etape(bloc: Bloc) -> dict[str, Any]:
    champs = _champs(bloc, "titre", "texte", "source") | {"periode": bloc.texte("periode", "")}
    champs |= {"debut": bloc.jour("debut"), "fin": bloc.jour("fin")}
    champs["produit"] = bloc.texte("produit", "")
    bloc.fermer()
    return champs


def _controverse(bloc: Bloc) -> dict[str, Any]:
    champs = _champs(bloc, "theme", "pole_a", "pole_b", "texte", "source")
    champs["numero"] = bloc.entier("numero")
    bloc.fermer()
    return champs


def _version(bloc: Bloc) -> VersionLivree:
    terrains = {}
    for sous_bloc in bloc.blocs("terrains"):
        terrains[sous_bloc.texte("terrain")] = _champs(sous_bloc, "numero", "titre", "texte")
        sous_bloc.fermer()
    version = VersionLivree(
        code=bloc.texte("code"),
        publiee_le=bloc.jour_exige("publiee_le"),
        champs=_champs(bloc, "titre", "note", "source"),
        terrains=terrains,
    )
    bloc.fermer()
    return version


def _verifier_les_liens(nom: str, livree: EnqueteLivree) -> None:
    for terrain, controverse in livree.terrains.items():
        if controverse not in livree.controverses:
            raise CorpusIllisible(
                f"{nom} : le terrain « {terrain} » nomme une controverse inconnue, "
                f"« {controverse} »."
            )
    for version in livree.versions:
        if inconnus := sorted(set(version.terrains) - set(livree.terrains)):
            raise CorpusIllisible(
                f"{nom} : {version.code} nomme un terrain inconnu, « {inconnus[0]} »."
            )


def _terrains(
    livree: EnqueteLivree, controverses: dict[str, Controverse], bilan: Bilan
) -> dict[str, Terrain]:
    terrains = {}
    for cle, controverse in livree.terrains.items():
        terrains[cle], cree = Terrain.objects.get_or_create(
            controverse=controverses[controverse], cle=cle
        )
        bilan.crees += cree
    return terrains


def _charger_version(
    enquete: Enquete,
    livree: VersionLivree,
    corpus: EnqueteLivree,
    controverses: dict[str, Controverse],
    terrains: dict[str, Terrain],
    bilan: Bilan,
) -> None:
    """Create the version and freeze it. The one already there is compared, never changed."""
    existante = VersionCartographie.objects.filter(enquete=enquete, code=livree.code).first()
    if existante is not None:
        if _terrains_ecrits(existante) != livree.terrains:
            bilan.gardes.append(
                f"« {existante} » est publiée et figée : le texte livré n'y est pas repris."
            )
        return
    version = VersionCartographie.objects.create(
        enquete=enquete,
        code=livree.code,
        rang=VersionCartographie.rang_suivant(enquete),
        datee_du=livree.publiee_le,
        **livree.champs,
    )
    figees = {}
    for cle in dict.fromkeys(corpus.terrains[terrain] for terrain in livree.terrains):
        figees[cle] = ControverseFigee.objects.create(
            version=version, controverse=controverses[cle], **corpus.controverses[cle]
        )
    TerrainFige.objects.bulk_create(
        TerrainFige(
            version=version,
            controverse=figees[corpus.terrains[cle]],
            terrain=terrains[cle],
            **champs,
        )
        for cle, champs in livree.terrains.items()
    )
    version.publier(at=instant_de(livree.publiee_le))
    bilan.crees += 1


def _terrains_ecrits(version: VersionCartographie) -> dict[str, dict[str, str]]:
    champs = ("numero", "titre", "texte")
    return {
        ligne["terrain__cle"]: {champ: ligne[champ] for champ in champs}
        for ligne in version.terrains.values("terrain__cle", *champs)
    }
