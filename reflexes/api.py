"""The published enquêtes and their cartographies, read-only (/api/v1/).

Docstrings of serializers and viewsets are in French: the API's public documentation shows them.
"""

from typing import Any, cast

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from config.api_lecture import LectureViewSet
from reflexes.models import (
    ControverseFigee,
    Enquete,
    Etape,
    TerrainFige,
    VersionCartographie,
)
from reflexes.querysets import FigeQuerySet


class EtapeSerializer(serializers.ModelSerializer[Etape]):
    """Une étape datée."""

    class Meta:
        model = Etape
        fields = ["numero", "titre", "debut", "fin", "periode", "texte", "produit", "source"]


class EnqueteSerializer(serializers.ModelSerializer[Enquete]):
    """Une enquête et ses étapes."""

    etapes = EtapeSerializer(many=True, read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True, label="page")

    class Meta:
        model = Enquete
        fields = ["cle", "titre", "debut", "fin", "presentation", "source", "etapes", "url"]


class TerrainBrefSerializer(serializers.ModelSerializer[TerrainFige]):
    """Un terrain, tel que sa controverse le nomme."""

    cle = serializers.CharField(source="terrain.cle", read_only=True)

    class Meta:
        model = TerrainFige
        fields = ["cle", "numero", "titre"]


class ControverseSerializer(serializers.ModelSerializer[ControverseFigee]):
    """Une controverse, telle qu'une version la dit."""

    cle = serializers.CharField(source="controverse.cle", read_only=True)
    enquete = serializers.CharField(source="version.enquete.cle", read_only=True)
    version = serializers.CharField(source="version.code", read_only=True)
    poles = serializers.SerializerMethodField()
    terrains = TerrainBrefSerializer(source="terrains_ordonnes", many=True, read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True, label="page")

    class Meta:
        model = ControverseFigee
        fields = [
            "cle", "enquete", "version", "numero", "theme", "poles", "texte", "source", "terrains",
            "url",
        ]  # fmt: skip

    def get_poles(self, controverse: ControverseFigee) -> list[str]:
        """Les deux pôles, toujours ensemble."""
        return [controverse.pole_a, controverse.pole_b]


class TerrainSerializer(serializers.ModelSerializer[TerrainFige]):
    """Un terrain, tel qu'une version le dit."""

    cle = serializers.CharField(source="terrain.cle", read_only=True)
    enquete = serializers.CharField(source="version.enquete.cle", read_only=True)
    version = serializers.CharField(source="version.code", read_only=True)
    controverse = serializers.CharField(source="controverse.controverse.cle", read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True, label="page")

    class Meta:
        model = TerrainFige
        fields = ["cle", "enquete", "version", "controverse", "numero", "titre", "texte", "url"]


class VersionSerializer(serializers.ModelSerializer[VersionCartographie]):
    """Une version publiée ; ses controverses et terrains se lisent avec « ?version= »."""

    enquete = serializers.CharField(source="enquete.cle", read_only=True)
    nombre_de_terrains = serializers.IntegerField(read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True, label="page")

    class Meta:
        model = VersionCartographie
        fields = [
            "code", "enquete", "rang", "titre", "note", "source", "datee_du", "publiee_le",
            "nombre_de_terrains", "url",
        ]  # fmt: skip


class FigeFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Which enquête, which version (the latest published one unless told)."""

    enquete = django_filters.CharFilter(
        field_name="version__enquete__cle", label="clé de l'enquête"
    )
    version = django_filters.CharFilter(
        method="dans_la_version", label="code de la version (V1, …)"
    )

    def dans_la_version(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The code, whatever its case."""
        choisis: QuerySet[Any] = queryset.filter(version__code__iexact=value)
        return choisis


class VersionFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Which enquête."""

    enquete = django_filters.CharFilter(field_name="enquete__cle", label="clé de l'enquête")


class EnqueteViewSet(LectureViewSet):
    """Les enquêtes et leurs étapes."""

    queryset = Enquete.objects.prefetch_related("etapes")
    serializer_class = EnqueteSerializer
    lookup_field = "cle"


class VersionViewSet(LectureViewSet):
    """Les versions publiées de la cartographie. Une version publiée ne change plus."""

    queryset = VersionCartographie.objects.publiees().pour_page()
    serializer_class = VersionSerializer
    filterset_class = VersionFilter
    lookup_field = "code__iexact"
    lookup_url_kwarg = "code"


class FigeViewSet(LectureViewSet):
    """What controverses and terrains share: the latest version unless another is asked for."""

    filterset_class = FigeFilter
    lookup_url_kwarg = "cle"

    def get_queryset(self) -> QuerySet[Any]:
        """For a list without ``?version=``, what is in force; otherwise all that was published."""
        publies: FigeQuerySet = cast(FigeQuerySet, super().get_queryset()).publies()
        if self.action == "list" and not self.request.query_params.get("version"):
            return publies.en_vigueur()
        return publies


class ControverseViewSet(FigeViewSet):
    """Les controverses et leurs deux pôles ; la dernière version publiée, sauf demande."""

    queryset = ControverseFigee.objects.select_related(
        "version__enquete", "controverse__enquete"
    ).prefetch_related("terrains__terrain")
    serializer_class = ControverseSerializer
    lookup_field = "controverse__cle"


class TerrainViewSet(FigeViewSet):
    """Les terrains d'une controverse ; la dernière version publiée, sauf demande."""

    queryset = TerrainFige.objects.select_related(
        "version__enquete", "terrain", "controverse__controverse__enquete"
    )
    serializer_class = TerrainSerializer
    lookup_field = "terrain__cle"
