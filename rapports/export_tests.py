"""The tests as an export."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    Case,
    CharField,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat

from comptes.models import Organisation
from rapports.colonnes import Colonne, Lecture, jour, nombre
from rapports.exports import Export
from tests_programme.expressions import etat_en_mots, fini_le
from tests_programme.filtres import FiltreTests
from tests_programme.models import Critere, Enseignement, Evaluation, PartiePrenante, Test, Voix


def selection(filtre: Any, lecture: Lecture) -> QuerySet[Any]:
    """The rows of the list of tests, in its order."""
    tests: QuerySet[Any] = filtre.appliquer(Test.objects.visible_to(lecture.user), at=lecture.at)
    return tests.order_by("-cree_le", "-pk")


def joindre(tests: QuerySet[Any]) -> QuerySet[Any]:
    """The public title of the piste, the effective extension, the évaluation that may be read."""
    jointes: QuerySet[Any] = tests.alias(
        texte_piste=FilteredRelation(
            "piste__editions", condition=Q(piste__editions__etat="publie")
        ),
        prolongation=FilteredRelation(
            "prolongations", condition=Q(prolongations__effective_le__isnull=False)
        ),
        bilan=FilteredRelation(
            "evaluation", condition=Q(evaluation__publiee_le__isnull=False) | ~Q(source="")
        ),
    )
    return jointes


def adresse(lecture: Lecture) -> Concat:
    """The page of the test."""
    debut = f"{settings.ADRESSE_PUBLIQUE}/tests/"
    return Concat(Value(debut), Cast("pk", CharField()), Value("/"))


def autres_versions(lecture: Lecture) -> Subquery:
    """The voices that disagree with the verdict, one a line: position, function, how it was heard, words."""
    ecartees = Voix.objects.publiees().divergentes().filter(test=OuterRef("pk")).order_by()
    ligne = Concat(
        _en_mots("position", Voix.Position.choices),
        Value(" ("),
        "fonction",
        Value(", "),
        _en_mots("origine", Voix.Origine.choices),
        Value(") : "),
        "texte",
        output_field=TextField(),
    )
    jointes = StringAgg(ligne, Value("\n"), order_by="pk", output_field=TextField())
    return Subquery(ecartees.values("test").annotate(dit=jointes).values("dit"))


def _en_mots(champ: str, choix: list[tuple[str, str]]) -> Case:
    cas = [When(**{champ: cle}, then=Value(str(mots))) for cle, mots in choix]
    return Case(*cas, default=Value(""), output_field=TextField())


COLONNES = (
    Colonne("Numéro", "pk", "nombre", largeur=9),
    Colonne("Titre", "titre", largeur=40),
    Colonne("État", lambda lecture: etat_en_mots(lecture.at)),
    Colonne("Organisation", "organisation__nom", largeur=28),
    Colonne("Type d'organisation", "organisation__type", "choix", dict(Organisation.Type.choices)),
    Colonne("Territoire", "organisation__territoire__nom", largeur=24),
    Colonne("Programme", "programme__titre", largeur=24),
    Colonne("Piste explorée", "texte_piste__titre", largeur=36),
    Colonne("Recueil", "piste__recueil__titre", largeur=24),
    Colonne("Contexte et besoin", "contexte", largeur=40),
    Colonne("Hypothèse", "hypothese", largeur=40),
    Colonne("Ce qui nous montrerait que nous avons tort", "echec", largeur=40),
    Colonne("Comment on revient en arrière", "retour_arriere", largeur=40),
    Colonne("Comment on voit que c'est provisoire", "signe_provisoire", largeur=40),
    Colonne("Comment on entend les usager·ères", "ecoute_prevue", largeur=40),
    Colonne("Créé le", jour("cree_le"), "date", largeur=12),
    Colonne("Démarré le", jour("demarre_le"), "date", largeur=12),
    Colonne("Date de péremption", "date_peremption", "date", largeur=12),
    Colonne("Date avant prolongation", "prolongation__ancienne_date", "date", largeur=12),
    Colonne("Terminé le", lambda lecture: fini_le(lecture.at), "date", largeur=12),
    Colonne("Critères", nombre(lambda _: Critere.objects.all(), "test"), "nombre", largeur=10),
    Colonne(
        "Personnes concernées",
        nombre(lambda _: PartiePrenante.objects.all(), "test"),
        "nombre",
        largeur=10,
        reservee=True,  # the team's page says it, the public one does not
    ),
    Colonne(
        "Voix d'usager·ères",
        nombre(lambda _: Voix.objects.publiees(), "test"),
        "nombre",
        largeur=10,
    ),
    Colonne(
        "Dont voix qui s'écartent du verdict",
        nombre(lambda _: Voix.objects.publiees().divergentes(), "test"),
        "nombre",
        largeur=10,
    ),
    Colonne("Ce que disent ces voix", autres_versions, largeur=40),
    Colonne(
        "Enseignements",
        nombre(lambda _: Enseignement.objects.publies(), "test"),
        "nombre",
        largeur=10,
    ),
    Colonne("Évalué le", jour("bilan__publiee_le"), "date", largeur=12),
    Colonne("Verdict", "bilan__verdict", "choix", dict(Evaluation.Verdict.choices)),
    Colonne("Réponse à l'hypothèse", "bilan__reponse", largeur=40),
    Colonne("Ce que personne n'attendait", "bilan__inattendu", largeur=40),
    Colonne("Suites", "bilan__suites", "choix", dict(Evaluation.Suites.choices)),
    Colonne("Suites, en quelques mots", "bilan__suites_texte", largeur=40),
    Colonne("Période, en mots", "periode"),
    Colonne("Ce qui s'est passé", "deroule", largeur=40),
    Colonne("Issue connue", "issue", largeur=40),
    Colonne("Source", "source", largeur=24),
    Colonne("Issu du test numéro", "issu_de_id", "nombre", largeur=10),
    Colonne("Lisible par", "visibilite", "choix", dict(Test.Visibilite.choices)),
    Colonne("Démonstration", "est_demo", "oui_non", largeur=10),
    Colonne("Adresse", adresse, largeur=36),
)

TESTS = Export(
    cle="tests",
    titre="Les tests",
    presentation="Une ligne par test : son cadre, ses dates, ce qu'on en a appris.",
    colonnes=COLONNES,
    filtre=lambda data, user: FiltreTests(data, user=user),
    selection=selection,
    joindre=joindre,
)
