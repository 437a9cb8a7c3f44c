"""The public chantiers, crash tests and crises, read-only (/api/v1/).

Docstrings of serializers and viewsets are in French: the API's public documentation shows them.
"""

import django_filters
from django.db.models import Prefetch
from rest_framework import serializers

from config.api_lecture import LectureViewSet
from pistes.models import Chantier, CrashTest, EditionPiste, Piste, Scenario


class ChantierSerializer(serializers.ModelSerializer[Chantier]):
    """Un chantier public ; ses textes sont en Markdown."""

    organisation = serializers.CharField(source="organisation.nom", default=None, read_only=True)
    orientation = serializers.CharField(source="orientation.slug", default=None, read_only=True)
    pistes = serializers.SlugRelatedField[Piste](slug_field="slug", many=True, read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True, label="page")

    class Meta:
        model = Chantier
        fields = [
            "id", "titre", "intentions", "moyens", "conditions", "premiers_pas", "taille", "etat",
            "porteur", "organisation", "orientation", "pistes", "source", "cree_le", "modifie_le",
            "url",
        ]  # fmt: skip


class ScenarioSerializer(serializers.ModelSerializer[Scenario]):
    """Une crise de la bibliothèque."""

    questions = serializers.ListField(
        source="lignes", child=serializers.CharField(), read_only=True
    )

    class Meta:
        model = Scenario
        fields = ["cle", "titre", "rang", "description", "questions"]


class CrashTestSerializer(serializers.ModelSerializer[CrashTest]):
    """Une piste, ou un chantier, face à une crise."""

    scenario = serializers.CharField(source="scenario.cle", read_only=True)
    piste = serializers.CharField(source="piste.slug", default=None, read_only=True)
    chantier = serializers.IntegerField(source="chantier_id", read_only=True, allow_null=True)
    organisation = serializers.CharField(source="organisation.nom", default=None, read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True, label="page")

    class Meta:
        model = CrashTest
        fields = [
            "id", "scenario", "piste", "chantier", "tient", "casse", "effets_pervers",
            "amelioration", "fait_le", "organisation", "url",
        ]  # fmt: skip


class ChantierFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Which size, state, orientation or piste."""

    # ``taille`` is the size of a page of the API.
    ampleur = django_filters.ChoiceFilter(
        field_name="taille", choices=Chantier.Taille.choices, label="taille du chantier"
    )
    etat = django_filters.ChoiceFilter(choices=Chantier.Etat.choices, label="état")
    orientation = django_filters.CharFilter(
        field_name="orientation__slug", label="adresse de l'orientation"
    )
    piste = django_filters.CharFilter(field_name="pistes__slug", label="adresse de la piste")


class CrashTestFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Which crisis or piste."""

    scenario = django_filters.CharFilter(field_name="scenario__cle", label="clé de la crise")
    piste = django_filters.CharFilter(field_name="piste__slug", label="adresse de la piste")


class ChantierViewSet(LectureViewSet):
    """Les chantiers que leur organisation montre à tout le monde."""

    queryset = (
        Chantier.objects.publics()
        .pour_liste()
        .prefetch_related(
            Prefetch(
                "pistes",
                Piste.objects.filter(pk__in=EditionPiste.objects.publies().values("piste")),
            )
        )
    )
    serializer_class = ChantierSerializer
    filterset_class = ChantierFilter
    lookup_value_regex = r"\d{1,18}"


class CrashTestViewSet(LectureViewSet):
    """Les crash tests publics, sur des pistes et des chantiers publics."""

    queryset = CrashTest.objects.publics().pour_liste()
    serializer_class = CrashTestSerializer
    filterset_class = CrashTestFilter
    lookup_value_regex = r"\d{1,18}"


class ScenarioViewSet(LectureViewSet):
    """Les crises auxquelles on confronte une piste ou un chantier."""

    queryset = Scenario.objects.all()
    serializer_class = ScenarioSerializer
    lookup_field = "cle"
