"""Addresses of this room, by subject."""

from django.urls import URLPattern

from engagement.urls import (
    appels,
    besoins,
    dispositifs,
    guichet,
    missions,
    offres,
    prets,
    relations,
    suggestions,
)

app_name = "engagement"

urlpatterns: list[URLPattern] = [
    *dispositifs.urlpatterns,
    *offres.urlpatterns,
    *besoins.urlpatterns,
    *suggestions.urlpatterns,
    *guichet.urlpatterns,
    *relations.urlpatterns,
    *missions.urlpatterns,
    *prets.urlpatterns,
    *appels.urlpatterns,
]
