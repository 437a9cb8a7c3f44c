"""The public programmes, tests and lessons, read-only (/api/v1/).

Docstrings of serializers and viewsets are in French: the API's public documentation shows them.
"""

from collections.abc import Sequence
from typing import Any, cast

import django_filters
from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from comptes.api_auth import PeutEcrire
from comptes.models import Organisation
from config.api_lecture import LectureViewSet
from pistes.models import Piste
from tests_programme.api_ecriture import (
    NoteANoterSerializer,
    NoteSerializer,
    TestANoterSerializer,
    noter,
    preparer_un_test,
)
from tests_programme.models import (
    Critere,
    Enseignement,
    Evaluation,
    Programme,
    Prolongation,
    Seance,
    Test,
    Voix,
)
from tests_programme.querysets import TestQuerySet


class SeanceSerializer(serializers.ModelSerializer[Seance]):
    """Un temps commun du programme."""

    class Meta:
        model = Seance
        fields = ["rang", "titre", "debut", "fin", "periode", "lieu", "texte", "source"]


class ProgrammeSerializer(serializers.ModelSerializer[Programme]):
    """Un programme, ses organisations, ses pistes et ses séances."""

    organisations = serializers.SlugRelatedField[Any](slug_field="nom", many=True, read_only=True)
    pistes = serializers.SlugRelatedField[Any](slug_field="slug", many=True, read_only=True)
    seances = SeanceSerializer(many=True, read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True, label="page")

    class Meta:
        model = Programme
        fields = [
            "cle", "titre", "debut", "fin", "presentation", "organisations", "pistes", "seances",
            "source", "url",
        ]  # fmt: skip


class CritereSerializer(serializers.ModelSerializer[Critere]):
    """Ce qu'on observe. La valeur observée n'est publique qu'avec l'évaluation."""

    valeur_observee = serializers.SerializerMethodField()

    class Meta:
        model = Critere
        fields = [
            "libelle", "type", "unite", "valeur_depart", "attendu", "surprise", "construit_avec",
            "valeur_observee",
        ]  # fmt: skip

    def get_valeur_observee(self, critere: Critere) -> str:
        """Vide avant la publication."""
        return critere.valeur_observee if critere.test.etat == "evalue" else ""


class ProlongationSerializer(serializers.ModelSerializer[Prolongation]):
    """L'unique prolongation d'un test."""

    class Meta:
        model = Prolongation
        fields = ["ancienne_date", "nouvelle_date", "motif", "effective_le"]


class EvaluationSerializer(serializers.ModelSerializer[Evaluation]):
    """La réponse à l'hypothèse et les suites."""

    class Meta:
        model = Evaluation
        fields = [
            "verdict", "reponse", "inattendu", "conditions", "autonomie", "sans_voix", "suites",
            "suites_texte", "suites_defait", "suites_changement", "suites_porteur", "suites_cadre",
            "suites_date", "tient_toujours", "tient_texte", "tient_dit_le", "publiee_le",
        ]  # fmt: skip


class VoixSerializer(serializers.ModelSerializer[Voix]):
    """Ce que dit une personne qui a vécu le test, avec son accord, signé par une fonction.

    `divergence` dit en quoi elle s'écarte du verdict de l'équipe ; vide quand elle ne s'en écarte pas.
    """

    divergence = serializers.CharField(read_only=True, label="écart avec le verdict")

    class Meta:
        model = Voix
        fields = ["fonction", "texte", "origine", "position", "recueillie_le", "divergence"]


class EnseignementSerializer(serializers.ModelSerializer[Enseignement]):
    """Un enseignement, rattaché à une piste et à un test."""

    test = serializers.IntegerField(source="test_id", read_only=True)
    piste = serializers.CharField(source="piste.slug", read_only=True)
    organisation = serializers.CharField(source="test.organisation.nom", read_only=True)

    class Meta:
        model = Enseignement
        fields = ["id", "type", "texte", "source", "piste", "test", "organisation"]


class TestSerializer(serializers.ModelSerializer[Test]):
    """Un test public. `etat` est celui du jour : passé sa date, un test est terminé."""

    __test__ = False

    etat = serializers.ChoiceField(
        choices=[*Test.Etat.choices, ("recit", "Récit")], source="etat_affiche", read_only=True
    )
    organisation = serializers.CharField(source="organisation.nom", read_only=True)
    programme = serializers.CharField(source="programme.cle", read_only=True, allow_null=True)
    piste = serializers.CharField(source="piste.slug", read_only=True)
    criteres = CritereSerializer(many=True, read_only=True)
    prolongations = ProlongationSerializer(many=True, read_only=True)
    evaluation = serializers.SerializerMethodField()
    voix = serializers.SerializerMethodField()
    enseignements = EnseignementSerializer(many=True, read_only=True)
    termine_le = serializers.DateTimeField(source="fin", read_only=True, allow_null=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True, label="page")

    class Meta:
        model = Test
        fields = [
            "id", "titre", "etat", "organisation", "programme", "piste", "contexte", "hypothese",
            "changement", "echec", "retour_arriere", "signe_provisoire", "ecoute_qui", "ecoute_prevue",
            "ecoute_quand", "rythme_points", "degre_engagement", "degre_accompagnement", "date_peremption",
            "demarre_le", "termine_le", "criteres", "prolongations", "evaluation", "voix",
            "enseignements", "periode", "deroule", "issue", "source", "est_demo", "url",
        ]  # fmt: skip

    @extend_schema_field(EvaluationSerializer(allow_null=True))
    def get_evaluation(self, test: Test) -> Any:
        """Nulle tant qu'elle n'est pas publiée."""
        evaluation = getattr(test, "evaluation", None)
        if evaluation is None or not evaluation.est_publiee:
            return None
        return EvaluationSerializer(evaluation).data

    @extend_schema_field(VoixSerializer(many=True))
    def get_voix(self, test: Test) -> Any:
        """Celles qui acceptent d'être citées, une fois l'évaluation publiée."""
        return VoixSerializer(test.voix.all() if test.etat == "evalue" else [], many=True).data


class TestFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Which state today, piste, organisation, programme."""

    __test__ = False

    etat = django_filters.ChoiceFilter(
        choices=[*Test.Etat.choices, ("recit", "Récit")], method="dans_l_etat", label="état du jour"
    )
    piste = django_filters.CharFilter(field_name="piste__slug", label="adresse de la piste")
    programme = django_filters.CharFilter(field_name="programme__cle", label="clé du programme")
    organisation = django_filters.NumberFilter(
        field_name="organisation_id", label="numéro de l'organisation"
    )

    def dans_l_etat(self, tests: Any, nom: str, etat: str) -> Any:
        return tests.dans_l_etat(etat)


class EnseignementFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Which piste, which kind."""

    piste = django_filters.CharFilter(field_name="piste__slug", label="adresse de la piste")
    type = django_filters.ChoiceFilter(choices=Enseignement.Type.choices)


class ProgrammeViewSet(LectureViewSet):
    """Les programmes."""

    queryset = Programme.objects.prefetch_related(
        Prefetch("organisations", Organisation.objects.filter(validee=True)),
        Prefetch("pistes", Piste.objects.publiees()),
        "seances",
    )
    serializer_class = ProgrammeSerializer
    lookup_field = "cle"


class TestViewSet(LectureViewSet):
    """Les tests publics, sans aucune personne ; avec un jeton, aussi ceux de vos organisations.

    Avec un jeton qui le permet, on prépare un test (POST), et l'on écrit dans son journal de bord.
    """

    __test__ = False

    queryset: QuerySet[Test] = (
        Test.objects.all()
        .select_related("organisation", "programme", "piste", "evaluation")
        .prefetch_related(
            Prefetch("criteres", Critere.objects.select_related("test")),
            Prefetch("prolongations", Prolongation.objects.filter(effective_le__isnull=False)),
            Prefetch("voix", Voix.objects.citables().avec_divergence()),
            Prefetch(
                "enseignements",
                Enseignement.objects.publies().select_related("piste", "test__organisation"),
            ),
        )
    )
    serializer_class = TestSerializer
    filterset_class = TestFilter
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Test]:
        """What this reader sees on the pages."""
        tests = cast(TestQuerySet, super().get_queryset())
        return tests.visible_to(self.request.user)

    def get_permissions(self) -> Sequence[Any]:
        """Anybody reads; a key that allows it writes."""
        ecrit = self.action in {"create", "notes"}
        return [PeutEcrire()] if ecrit else super().get_permissions()

    @extend_schema(request=TestANoterSerializer, responses={201: TestSerializer})
    def create(self, request: Request) -> Response:
        """Prépare un test dans une de vos organisations. Renvoyé avec la même `envoi`, il n'en fait pas deux."""
        test = preparer_un_test(request)
        return Response(self.get_serializer(test).data, status=201)

    @extend_schema(request=NoteANoterSerializer, responses={201: NoteSerializer})
    @action(detail=True, methods=["post"], url_path="notes", filterset_class=None)
    def notes(self, request: Request, pk: str) -> Response:
        """Ajoute une note datée au journal de bord d'un test de votre organisation."""
        note = noter(request, self.get_object())
        return Response(NoteSerializer(note).data, status=201)


class EnseignementViewSet(LectureViewSet):
    """Les enseignements des tests publics."""

    queryset = Enseignement.objects.publics().select_related("piste", "test__organisation")
    serializer_class = EnseignementSerializer
    filterset_class = EnseignementFilter
    lookup_value_regex = "[0-9]{1,18}"


def enregistrer(router: BaseRouter) -> None:
    """Add this room's views to the API's router."""
    router.register("programmes", ProgrammeViewSet, basename="programme")
    router.register("tests", TestViewSet, basename="test")
    router.register("enseignements", EnseignementViewSet, basename="enseignement")
