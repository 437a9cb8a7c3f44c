from django.urls import URLPattern, path

from engagement.views import calcul, suggestions

urlpatterns: list[URLPattern] = [
    path(
        "engagement/besoins/<int:pk>/suggestions/",
        suggestions.suggestions_besoin,
        name="suggestions_besoin",
    ),
    path(
        "engagement/offres/<int:pk>/suggestions/",
        suggestions.suggestions_offre,
        name="suggestions_offre",
    ),
    path(
        "engagement/besoins/<int:pk>/chercher/", suggestions.chercher_offre, name="chercher_offre"
    ),
    path(
        "engagement/besoins/<int:pk>/proposer/<int:offre_pk>/",
        suggestions.proposer,
        name="proposer",
    ),
    path(
        "engagement/<int:pk>/suggestions/", calcul.calculer_suggestions, name="calculer_suggestions"
    ),
]
