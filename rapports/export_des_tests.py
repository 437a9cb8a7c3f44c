"""What belongs to tests, as exports: évaluations, critères, voices. Filtered as the list of tests is."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import (
    Case,
    CharField,
    F,
    FilteredRelation,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat

from comptes.models import Organisation
from rapports.colonnes import Colonne, Lecture, jour
from rapports.exports import Export
from tests_programme.filtres import FiltreTests
from tests_programme.models import Critere, Evaluation, Test, Voix
from tests_programme.querysets_voix import DIVERGENCES


def des_tests(
    lignes: Callable[[Lecture], QuerySet[Any]],
) -> Callable[[Any, Lecture], QuerySet[Any]]:
    """The rows of the tests that the list would show to this reader, newest tests first."""

    def selection(filtre: Any, lecture: Lecture) -> QuerySet[Any]:
        tests = filtre.appliquer(Test.objects.visible_to(lecture.user), at=lecture.at)
        gardees: QuerySet[Any] = lignes(lecture).filter(test__in=tests.order_by().values("pk"))
        return gardees.order_by("-test__cree_le", "-test_id", "pk")

    return selection


def avec_la_piste(lignes: QuerySet[Any]) -> QuerySet[Any]:
    """The public title of the piste."""
    jointes: QuerySet[Any] = lignes.alias(
        texte_piste=FilteredRelation(
            "test__piste__editions", condition=Q(test__piste__editions__etat="publie")
        )
    )
    return jointes


def adresse(lecture: Lecture) -> Concat:
    """The page of the test."""
    debut = f"{settings.ADRESSE_PUBLIQUE}/tests/"
    return Concat(Value(debut), Cast("test_id", CharField()), Value("/"))


def valeur_publique(lecture: Lecture) -> Case:
    """What was observed: shown with the évaluation, and to the team before."""
    siennes = Organisation.objects.de_membre(lecture.user).values("pk")
    return Case(
        When(Q(test__etat="evalue") | Q(test__organisation__in=siennes), then=F("valeur_observee")),
        default=Value(""),
        output_field=TextField(),
    )


def ecart(lecture: Lecture) -> Case:
    """What a voice does to the verdict, in words."""
    cas = [
        When(test__evaluation__verdict=verdict, position=position, then=Value(mots))
        for (verdict, position), mots in DIVERGENCES.items()
    ]
    return Case(*cas, default=Value(""), output_field=CharField())


DU_TEST = (
    Colonne("Test numéro", "test_id", "nombre", largeur=9),
    Colonne("Test", "test__titre", largeur=40),
    Colonne("Organisation", "test__organisation__nom", largeur=28),
    Colonne("Programme", "test__programme__titre", largeur=24),
    Colonne("Piste explorée", "texte_piste__titre", largeur=36),
)

EVALUATIONS = Export(
    cle="evaluations",
    titre="Les évaluations",
    presentation="Une ligne par évaluation publiée : la réponse, ce qui a surpris, les suites.",
    colonnes=(
        *DU_TEST,
        Colonne("Verdict", "verdict", "choix", dict(Evaluation.Verdict.choices)),
        Colonne("Réponse à l'hypothèse", "reponse", largeur=40),
        Colonne("Ce que personne n'attendait", "inattendu", largeur=40),
        Colonne("Ce sans quoi cela n'aurait pas marché", "conditions", largeur=40),
        Colonne("Ce que l'équipe fera sans nous", "autonomie", largeur=40),
        Colonne("Pourquoi aucune voix", "sans_voix", largeur=40),
        Colonne("Suites", "suites", "choix", dict(Evaluation.Suites.choices)),
        Colonne("Suites, en quelques mots", "suites_texte", largeur=40),
        Colonne("Ce qu'on défait", "suites_defait", largeur=40),
        Colonne("La seule chose qui change", "suites_changement", largeur=40),
        Colonne("Qui porte la suite", "suites_porteur", largeur=28),
        Colonne("Dans quel cadre", "suites_cadre", largeur=40),
        Colonne("À partir du", "suites_date", "date", largeur=12),
        Colonne("Ce qu'il en reste six mois après", "tient_texte", largeur=40),
        Colonne("Publiée le", jour("publiee_le"), "date", largeur=12),
        Colonne("Adresse", adresse, largeur=36),
    ),
    filtre=lambda data, user: FiltreTests(data, user=user),
    selection=des_tests(
        lambda _: Evaluation.objects.filter(Q(publiee_le__isnull=False) | ~Q(test__source=""))
    ),
    joindre=avec_la_piste,
)

CRITERES = Export(
    cle="criteres",
    titre="Les critères",
    presentation="Une ligne par critère : ce qu'on observe, d'où l'on part, ce qu'on a vu.",
    colonnes=(
        *DU_TEST,
        Colonne("Ce qu'on observe", "libelle", largeur=40),
        Colonne("Type", "type", "choix", dict(Critere.Type.choices)),
        Colonne("Unité", "unite"),
        Colonne("Au départ", "valeur_depart", largeur=24),
        Colonne("Ce qu'on attend", "attendu", largeur=30),
        Colonne("Ce qui nous surprendrait", "surprise", largeur=30),
        Colonne("Choisi avec", "construit_avec", largeur=24),
        Colonne(
            "Ce qu'on a observé",
            valeur_publique,
            largeur=40,
            aide="Rempli pour les tests évalués, et pour ceux de votre organisation.",
        ),
        Colonne("Adresse", adresse, largeur=36),
    ),
    filtre=lambda data, user: FiltreTests(data, user=user),
    selection=des_tests(lambda _: Critere.objects.all()),
    joindre=avec_la_piste,
)

VOIX = Export(
    cle="voix",
    titre="Les voix",
    presentation="Une ligne par voix que l'on peut citer : la personne l'a accepté, l'évaluation est publiée.",
    colonnes=(
        *DU_TEST,
        Colonne("Signée par", "fonction", largeur=28),
        Colonne("Ses mots", "texte", largeur=60),
        Colonne("Recueillie par", "origine", "choix", dict(Voix.Origine.choices)),
        Colonne("Son avis sur l'hypothèse", "position", "choix", dict(Voix.Position.choices)),
        Colonne("Écart avec le verdict", ecart),
        Colonne("Recueillie le", "recueillie_le", "date", largeur=12),
        Colonne("Adresse", adresse, largeur=36),
    ),
    filtre=lambda data, user: FiltreTests(data, user=user),
    selection=des_tests(lambda _: Voix.objects.publiees()),
    joindre=avec_la_piste,
)
