"""The published témoignages, read-only (/api/v1/temoignages/). Docstrings in French: the API shows them."""

import django_filters
from rest_framework import serializers

from config.api_lecture import LectureViewSet
from config.jours import jour_de
from reflexes.models import Temoignage


class TemoignageSerializer(serializers.ModelSerializer[Temoignage]):
    """Un témoignage publié : relu, consenti, signé d'une fonction et jamais d'un nom."""

    enquete = serializers.CharField(source="enquete.cle", read_only=True)
    terrain = serializers.CharField(source="terrain.cle", read_only=True)
    publie_en = serializers.SerializerMethodField(label="mois de publication (AAAA-MM)")
    url = serializers.CharField(source="get_absolute_url", read_only=True, label="page")

    class Meta:
        model = Temoignage
        fields = [
            "id", "enquete", "terrain", "pole", "texte", "fonction", "type_organisation", "publie_en",
            "url",
        ]  # fmt: skip

    def get_publie_en(self, temoignage: Temoignage) -> str:
        """Le mois où il a paru, pas celui où il a été apporté."""
        return f"{jour_de(temoignage.lu_le):%Y-%m}"


class TemoignageFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Which enquête, which terrain, which pole."""

    enquete = django_filters.CharFilter(field_name="enquete__cle", label="clé de l'enquête")
    terrain = django_filters.CharFilter(field_name="terrain__cle", label="clé du terrain")
    pole = django_filters.ChoiceFilter(
        choices=[("a", "premier pôle"), ("b", "second pôle")], label="pôle"
    )


class TemoignageViewSet(LectureViewSet):
    """Les témoignages publiés. Un témoignage retiré n'y figure plus."""

    queryset = Temoignage.objects.publies().select_related(
        "enquete", "terrain__controverse__enquete"
    )
    serializer_class = TemoignageSerializer
    filterset_class = TemoignageFilter
    lookup_field = "pk"
    lookup_value_regex = r"[0-9]{1,18}"
