"""The published recueils, orientations and pistes, read-only (/api/v1/).

Docstrings of serializers and viewsets are in French: the API's public documentation shows them.
"""

import django_filters
from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from config.api_lecture import LectureViewSet
from pistes.models import (
    Detail,
    EditionOrientation,
    EditionPiste,
    Inspiration,
    Orientation,
    Recueil,
    Renvoi,
)


class RecueilSerializer(serializers.ModelSerializer[Recueil]):
    """Une publication."""

    url = serializers.CharField(source="get_absolute_url", read_only=True, label="page")

    class Meta:
        model = Recueil
        fields = ["cle", "titre", "annee", "editeur", "presentation", "source", "url"]


class OrientationBreveSerializer(serializers.ModelSerializer[Orientation]):
    """Une orientation, telle qu'une piste la nomme."""

    class Meta:
        model = Orientation
        fields = ["slug", "numero", "mot_cle"]


class OrientationSerializer(serializers.ModelSerializer[EditionOrientation]):
    """Une orientation et son texte public."""

    slug = serializers.CharField(source="orientation.slug", read_only=True)
    recueil = serializers.CharField(source="orientation.recueil.cle", read_only=True)
    numero = serializers.IntegerField(source="orientation.numero", read_only=True)
    mot_cle = serializers.CharField(source="orientation.mot_cle", read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True, label="page")

    class Meta:
        model = EditionOrientation
        fields = [
            "slug", "recueil", "numero", "mot_cle", "titre", "texte", "question", "source",
            "origine", "publie_le", "url",
        ]  # fmt: skip


class DetailSerializer(serializers.ModelSerializer[Detail]):
    """Un point titré ; le titre manque quand le texte ouvre les détails."""

    class Meta:
        model = Detail
        fields = ["titre", "texte"]


class InspirationSerializer(serializers.ModelSerializer[Inspiration]):
    """Un lieu où cela s'est fait."""

    class Meta:
        model = Inspiration
        fields = ["titre", "lieu", "pays", "texte", "lien"]


class PisteSerializer(serializers.ModelSerializer[EditionPiste]):
    """Une piste et son texte public, en Markdown."""

    cle = serializers.CharField(source="piste.cle", read_only=True)
    slug = serializers.CharField(source="piste.slug", read_only=True)
    recueil = serializers.CharField(source="piste.recueil.cle", read_only=True)
    rang = serializers.IntegerField(source="piste.rang", read_only=True)
    page = serializers.IntegerField(source="piste.page", read_only=True, allow_null=True)
    orientation = OrientationBreveSerializer(
        source="piste.orientation", read_only=True, allow_null=True
    )
    mots_cles = serializers.SlugRelatedField[Orientation](
        slug_field="mot_cle", many=True, read_only=True
    )
    details = DetailSerializer(many=True, read_only=True)
    inspirations = InspirationSerializer(many=True, read_only=True)
    renvois = serializers.SerializerMethodField()
    url = serializers.CharField(source="get_absolute_url", read_only=True, label="page")

    class Meta:
        model = EditionPiste
        fields = [
            "cle", "slug", "recueil", "rang", "page", "orientation", "mots_cles", "titre",
            "autres_titres", "accroche", "constat", "levier", "details", "inspirations", "renvois",
            "source", "origine", "publie_le", "url",
        ]  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_renvois(self, edition: EditionPiste) -> list[str]:
        """Les adresses des pistes publiques auxquelles elle renvoie."""
        return [renvoi.vers.slug for renvoi in edition.renvois.all()]


class OrientationFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Which recueil."""

    recueil = django_filters.CharFilter(
        field_name="orientation__recueil__cle", label="clé du recueil"
    )


class PisteFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Which recueil, orientation or mot-clé."""

    recueil = django_filters.CharFilter(field_name="piste__recueil__cle", label="clé du recueil")
    orientation = django_filters.CharFilter(
        field_name="piste__orientation__slug", label="adresse de l'orientation"
    )
    mot_cle = django_filters.CharFilter(
        field_name="mots_cles__mot_cle", lookup_expr="iexact", label="mot-clé, sans dièse"
    )


class RecueilViewSet(LectureViewSet):
    """Les recueils dont viennent les pistes."""

    queryset = Recueil.objects.filter(pistes__editions__etat="publie").distinct()
    serializer_class = RecueilSerializer
    lookup_field = "cle"


class OrientationViewSet(LectureViewSet):
    """Les orientations publiées."""

    queryset = EditionOrientation.objects.publies().select_related("orientation__recueil")
    serializer_class = OrientationSerializer
    filterset_class = OrientationFilter
    lookup_field = "orientation__slug"
    lookup_url_kwarg = "slug"


class PisteViewSet(LectureViewSet):
    """Les pistes publiées, avec tous leurs textes (Markdown)."""

    queryset = (
        EditionPiste.objects.publies()
        .pour_page()
        .prefetch_related(
            Prefetch(
                "renvois",
                Renvoi.objects.filter(vers__editions__etat="publie")
                .select_related("vers")
                .order_by("vers__rang"),
            )
        )
    )
    serializer_class = PisteSerializer
    filterset_class = PisteFilter
    lookup_field = "piste__slug"
    lookup_url_kwarg = "slug"
