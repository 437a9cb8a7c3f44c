"""The demonstration tests: dated around today, made by the very methods people use."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from comptes.models import Organisation, Utilisateur
from config.jours import instant_de, jour_de
from reflexes.lecture import Bloc, lire_toml
from reflexes.livraison import Bilan
from tests_programme.accords import demander_accords
from tests_programme.models import Evaluation, Test
from tests_programme.organisations_livrees import charger_organisations
from tests_programme.recits_charges import pistes_du_carnet
from tests_programme.recits_lus import DOSSIER, OrganisationLivree, organisation

FICHIER = DOSSIER / "demonstration.toml"
TEXTES = ("titre", "contexte", "hypothese", "echec", "retour_arriere", "signe_provisoire")
EVALUATION = (
    "verdict", "reponse", "inattendu", "conditions", "autonomie", "suites", "suites_texte",
    "suites_defait", "suites_changement", "suites_porteur", "suites_cadre",
)  # fmt: skip


@dataclass
class DemoLivree:
    """One demonstration test. Days count from the day of loading."""

    cle: str
    organisation: str
    piste: int
    champs: dict[str, Any]
    debut_jours: int
    duree_jours: int
    etat: str
    motif: str
    criteres: list[dict[str, str]]
    parties: list[dict[str, str]]
    voix: list[dict[str, str]]
    enseignements: list[dict[str, str]]
    evaluation: dict[str, str]
    # Days between its end and the day what follows it begins; the key of the next test it led to.
    suites_jours: int
    suite: str


def lire(fichier: Path = FICHIER) -> tuple[list[OrganisationLivree], list[DemoLivree]]:
    """Read the file. Raises CorpusIllisible."""
    bloc = lire_toml(fichier)
    organisations = [organisation(b) for b in bloc.blocs("organisations")]
    demos = [_demo(b) for b in bloc.blocs("tests")]
    bloc.fermer()
    return organisations, demos


def _demo(bloc: Bloc) -> DemoLivree:
    champs: dict[str, Any] = {nom: bloc.texte(nom) for nom in TEXTES}
    champs["contexte"] = "\n\n".join(t for t in (champs["contexte"], bloc.texte("besoin", "")) if t)
    champs["ecoute_prevue"] = bloc.texte("ecoute")
    champs |= {nom: bloc.texte(nom, "") for nom in ("ecoute_qui", "ecoute_quand")}
    champs["rythme_points"] = bloc.texte("rythme", "")
    for degre in ("engagement", "accompagnement"):
        champs[f"degre_{degre}"] = bloc._lire(degre, int, 0) or None
    critere = (
        "libelle", "type", "unite", "valeur_depart", "attendu", "surprise", "construit_avec",
        "valeur_observee",
    )  # fmt: skip
    demo = DemoLivree(
        cle=bloc.texte("cle"),
        organisation=bloc.texte("organisation"),
        piste=bloc.entier("piste"),
        champs=champs,
        debut_jours=_jours(bloc),
        duree_jours=bloc.entier("duree_jours"),
        etat=bloc.texte("etat"),
        motif=bloc.texte("motif", ""),
        criteres=_lignes(bloc, "criteres", critere),
        parties=_lignes(bloc, "parties", ("role", "fonction", "accord")),
        voix=_lignes(bloc, "voix", ("fonction", "texte")),
        enseignements=_lignes(bloc, "enseignements", ("type", "texte")),
        evaluation={nom: bloc.texte(nom, "") for nom in EVALUATION},
        suites_jours=bloc._lire("suites_jours", int, 0),
        suite=bloc.texte("suite", ""),
    )
    bloc.fermer()
    return demo


def _jours(bloc: Bloc) -> int:
    """``debut_jours`` may be negative, which Bloc.entier refuses."""
    jours: int = bloc._lire("debut_jours", int, None)
    return jours


def _lignes(bloc: Bloc, champ: str, noms: tuple[str, ...]) -> list[dict[str, str]]:
    return [{nom: b.texte(nom, "") for nom in noms} for b in bloc.blocs(champ)]


def charger_les_organisations(livrees: list[OrganisationLivree]) -> dict[str, Organisation]:
    """The two imaginary organisations, by key."""
    return charger_organisations(livrees, Bilan(), est_demo=True)


@transaction.atomic
def charger(
    demos: list[DemoLivree],
    organisations: dict[str, Organisation],
    auteurs: dict[str, Utilisateur],
    *,
    lecteur: Utilisateur,
    at: dt.datetime | None = None,
) -> int:
    """Make the demonstration tests unless there are some already; return how many.

    ``auteurs``: for each organisation's key, the member who leads its tests. ``lecteur``: the
    curateur·rice who reads their évaluations. Raises PistesAbsentes.
    """
    if Test.objects.filter(est_demo=True).exists():
        return 0
    pistes = pistes_du_carnet({demo.piste for demo in demos})
    for demo in demos:
        cadre: dict[str, Any] = {
            "organisation": organisations[demo.organisation],
            "piste": pistes[demo.piste],
        }
        _jouer(demo, cadre, auteurs[demo.organisation], lecteur, jour_de(at))
    return len(demos)


def _jouer(
    demo: DemoLivree,
    cadre: dict[str, Any],
    par: Utilisateur,
    lecteur: Utilisateur,
    jour: dt.date,
) -> None:
    """Create one test and lead it, through its own methods, to the state the file asks for."""
    debut = jour + dt.timedelta(days=demo.debut_jours)
    depart = instant_de(debut, 9) if debut < jour else instant_de(jour)
    avant = depart - dt.timedelta(days=7)
    test = Test.ouvrir(
        par=par,
        at=avant,
        cle=demo.cle,
        est_demo=True,
        date_peremption=debut + dt.timedelta(days=demo.duree_jours),
        **cadre,
        **demo.champs,
    )
    for rang, critere in enumerate(demo.criteres, 1):
        test.criteres.create(rang=rang, **critere)
    _accorder(test, demo, par, avant)
    if demo.etat == "abandonne":
        test.renoncer(par=par, motif=demo.motif, at=depart)
    elif demo.etat != "preparation":
        _mener(test, demo, par, lecteur, depart)


def _accorder(test: Test, demo: DemoLivree, par: Utilisateur, at: dt.datetime) -> None:
    reponses = {}
    for dite in demo.parties:
        nom = slugify(dite["fonction"].replace("'", " "))
        partie = test.parties.create(
            role=dite["role"],
            fonction=dite["fonction"],
            email=f"{nom}@{demo.organisation}.example.org",
        )
        reponses[partie.pk] = dite["accord"]
    if not any(reponses.values()):
        return
    demander_accords(test, objet="demarrage", at=at)
    for partie in test.parties.all():
        if reponses[partie.pk] == "donne":
            partie.accords.get().donner(at=at + dt.timedelta(days=2))


def _mener(
    test: Test, demo: DemoLivree, par: Utilisateur, lecteur: Utilisateur, depart: dt.datetime
) -> None:
    test.demarrer(par=par, at=depart)
    if demo.etat == "en_cours":
        return
    test.perimer()
    if demo.etat == "evalue":
        _evaluer(test, demo, par, lecteur)


def _evaluer(test: Test, demo: DemoLivree, par: Utilisateur, lecteur: Utilisateur) -> None:
    assert test.termine_le is not None
    textes: dict[str, Any] = dict(demo.evaluation)
    if demo.suites_jours:
        textes["suites_date"] = jour_de(test.termine_le) + dt.timedelta(days=demo.suites_jours)
    test.evaluation = Evaluation.objects.create(test=test, **textes)
    for voix in demo.voix:
        test.voix.create(consentement=True, **voix)
    for lecon in demo.enseignements:
        test.enseignements.create(piste=test.piste, **lecon)
    test.soumettre(par=par, at=test.termine_le + dt.timedelta(days=8, hours=16))
    test.evaluer(par=lecteur, at=test.termine_le + dt.timedelta(days=10, hours=11))
    if demo.suite:
        suivant = test.iterer(par=par)
        Test.objects.filter(pk=suivant.pk).update(cle=demo.suite, est_demo=True)
