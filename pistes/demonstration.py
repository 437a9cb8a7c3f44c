"""Imaginary chantiers, crash tests and an écoute, made by the very methods people use."""

from pathlib import Path
from typing import Any

from comptes.models import Organisation, Utilisateur
from config.jours import jour_de
from pistes.chantiers import creer
from pistes.corpus_lu import DOSSIER
from pistes.crash_tests import creer as confronter
from pistes.ecoute import ajouter_une_rencontre, ouvrir_un_cahier
from pistes.models import Cahier, Chantier, CrashTest, Piste, Rencontre, Scenario
from reflexes.lecture import Bloc, lire_toml

FICHIER = DOSSIER / "demonstration.toml"
PARTIES = ("titre", "intentions", "moyens", "conditions", "premiers_pas", "taille", "porteur")
# How a chantier comes to where the file says it stands.
CHEMINS = {
    "idee": [],
    "ouvert": ["ouvrir"],
    "clos": ["ouvrir", "clore"],
    "abandonne": ["abandonner"],
}


def charger_les_chantiers(
    organisations: dict[str, Organisation],
    auteurs: dict[str, Utilisateur],
    fichier: Path = FICHIER,
) -> int:
    """Make them unless there are some already; return how many. ``auteurs``: a member, by organisation's key."""
    if Chantier.objects.filter(organisation__in=organisations.values()).exists():
        return 0
    bloc = lire_toml(fichier)
    pistes = {p.rang: p for p in Piste.objects.filter(recueil__cle="carnet")}
    nombre = 0
    for quoi, faire in (
        ("chantiers", _chantier),
        ("crash_tests", _crash_test),
        ("cahiers", _cahier),
    ):
        for b in bloc.blocs(quoi):
            cle = b.texte("organisation")
            piste = pistes.get(b.entier("piste"))
            faire(b, organisations[cle], auteurs[cle], piste)
            b.fermer()
            nombre += 1
    bloc.fermer()
    return nombre


def _chantier(b: Bloc, chez: Organisation, par: Utilisateur, piste: Piste | None) -> None:
    champs: dict[str, Any] = {nom: b.texte(nom) for nom in PARTIES}
    orientation = piste.orientation if piste else None
    chantier, _ = creer(Chantier(organisation=chez, orientation=orientation, **champs), par=par)
    if piste is not None:
        chantier.pistes.add(piste)
    motif = b.texte("motif", "")
    for action in CHEMINS[b.texte("etat")]:
        chantier.changer_d_etat(action, par=par, motif=motif)
    if b._lire("public", bool, False):
        chantier.ouvrir_au_public(par=par)


def _crash_test(b: Bloc, chez: Organisation, par: Utilisateur, piste: Piste | None) -> None:
    scenario = Scenario.objects.filter(cle=b.texte("crise")).first()
    reponses = {nom: b.texte(nom) for nom in CrashTest.QUESTIONS}
    if scenario is None or piste is None:
        return
    fait = CrashTest(
        scenario=scenario,
        piste=piste,
        organisation=chez,
        est_public=True,
        fait_le=jour_de(),
        **reponses,
    )
    confronter(fait, par=par)


def _cahier(b: Bloc, chez: Organisation, par: Utilisateur, piste: Piste | None) -> None:
    champs = {nom: b.texte(nom) for nom in ("titre", "contexte", "autres_pistes")}
    cahier, _ = ouvrir_un_cahier(Cahier(organisation=chez, **champs), par=par)
    if piste is not None:
        cahier.pistes.add(piste)
    for ligne in b.blocs("rencontres"):
        dites = {nom: ligne.texte(nom, "") for nom in ("type", "fonction", *Rencontre.FACETTES)}
        ajouter_une_rencontre(Rencontre(cahier=cahier, **dites), par=par)
        ligne.fermer()
    cahier.ouvrir_au_public(par=par)
