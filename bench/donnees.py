"""Invented rows of a plausible weight: some 1.5 kB of text a test, criteria, voices, lessons."""

import datetime as dt
import random

from django.db import connection
from django.utils import timezone

from comptes.models import Organisation, Utilisateur
from pistes.models import EditionPiste, Piste, Recueil
from tests_programme.models import Critere, Enseignement, Evaluation, PartiePrenante, Test, Voix

MOTS = (
    *("agent", "service", "équipe", "habitante", "élu", "crèche", "accueil", "dossier", "relance"),
    *("téléphone", "guichet", "semaine", "essai", "provisoire", "hypothèse", "retour", "réunion"),
    *("manager", "ensemble", "commune", "quartier", "données", "règle", "œuvre", "à", "le", "de"),
)
LOT = 2000


def administrateur() -> Utilisateur:
    """Who exports."""
    return Utilisateur.objects.create_user("bench@example.org", role="administrateur")


def organisations(nombre: int) -> list[Organisation]:
    """Organisations with names of two or three words."""
    tirage = random.Random(27)
    noms = [f"{_phrase(tirage, 2).capitalize()} {n}" for n in range(nombre)]
    lignes = [Organisation(nom=nom, type=tirage.choice(Organisation.Type.values)) for nom in noms]
    return Organisation.objects.bulk_create(lignes, batch_size=LOT)


def tests(nombre: int) -> None:
    """Tests in every state, of 200 organisations and 27 pistes."""
    essais(nombre, _pistes(27))


def essais(nombre: int, les_pistes: list[Piste]) -> None:
    """Tests in every state, of 200 organisations and these pistes."""
    tirage = random.Random(27)
    les_organisations = organisations(200)
    for debut in range(0, nombre, LOT):
        numeros = range(debut, min(debut + LOT, nombre))
        lot = Test.objects.bulk_create(
            _test(tirage, n, tirage.choice(les_pistes), tirage.choice(les_organisations))
            for n in numeros
        )
        _accompagner(tirage, lot)
    with connection.cursor() as curseur:
        curseur.execute("UPDATE tests_programme_test SET cree_le = cree_le - id * interval '1 min'")
        curseur.execute("ANALYZE")


def _test(tirage: random.Random, numero: int, piste: Piste, organisation: Organisation) -> Test:
    etat = tirage.choice(Test.Etat.values)
    demarre = timezone.now() - dt.timedelta(days=tirage.randrange(300))
    fini = etat in {"a_evaluer", "evalue"}
    return Test(
        titre=f"Essai {numero} : {_phrase(tirage, 5)}",
        piste=piste,
        organisation=organisation,
        etat=etat,
        contexte=_phrase(tirage, 60),
        hypothese=_phrase(tirage, 40),
        echec=_phrase(tirage, 20),
        retour_arriere=_phrase(tirage, 20),
        signe_provisoire=_phrase(tirage, 12),
        ecoute_qui=_phrase(tirage, 5),
        ecoute_prevue=_phrase(tirage, 20),
        ecoute_quand=_phrase(tirage, 4),
        date_peremption=(demarre + dt.timedelta(days=90)).date(),
        demarre_le=None if etat in {"preparation", "abandonne"} else demarre,
        termine_le=demarre + dt.timedelta(days=80) if fini else None,
    )


def _accompagner(tirage: random.Random, lot: list[Test]) -> None:
    """What surrounds each test."""
    Critere.objects.bulk_create(
        Critere(test=test, rang=rang, libelle=_phrase(tirage, 6)) for test in lot for rang in (1, 2)
    )
    PartiePrenante.objects.bulk_create(
        PartiePrenante(test=test, role="porteur", fonction="responsable", email="p@example.org")
        for test in lot
    )
    evalues = [test for test in lot if test.etat == "evalue"]
    Voix.objects.bulk_create(
        Voix(test=test, fonction="usagère", texte=_phrase(tirage, 20), consentement=True)
        for test in evalues
    )
    Enseignement.objects.bulk_create(
        Enseignement(test=test, piste_id=test.piste_id, type="condition", texte=_phrase(tirage, 20))
        for test in evalues
    )
    Evaluation.objects.bulk_create(
        Evaluation(
            test=test,
            verdict=tirage.choice(Evaluation.Verdict.values),
            reponse=_phrase(tirage, 40),
            inattendu=_phrase(tirage, 20),
            suites="iterer",
            publiee_le=test.termine_le,
        )
        for test in evalues
    )


def _pistes(nombre: int) -> list[Piste]:
    recueil = Recueil.objects.create(cle="bench", titre="Recueil de mesure", annee=2020)
    pistes = []
    for rang in range(1, nombre + 1):
        piste = Piste.objects.create(
            recueil=recueil, cle=f"bench-{rang}", slug=f"bench-{rang}", rang=rang
        )
        texte = EditionPiste.suivante(piste, titre=f"Piste {rang}", origine="corpus")
        texte.publier(par=None)
        pistes.append(piste)
    return pistes


def _phrase(tirage: random.Random, mots: int) -> str:
    return " ".join(tirage.choices(MOTS, k=mots))
