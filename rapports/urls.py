"""Addresses of this room."""

from django.urls import URLPattern, path

from rapports import views

app_name = "rapports"

urlpatterns: list[URLPattern] = [
    path("exports/", views.exports, name="exports"),
    path("exports/<slug:quoi>.<slug:format>", views.export, name="export"),
    path("engagement/<int:pk>/guichet/<slug:bac>.csv", views.guichet, name="guichet"),
    path("tests/<int:pk>/affiches/", views.affiches, name="affiches"),
    path("tests/<int:pk>/affiche.pdf", views.affiche, name="affiche"),
    path("tests/<int:pk>/affiche-voix.pdf", views.affiche_voix, name="affiche_voix"),
    path(
        "engagement/ma-mission/<str:jeton>/attestation.pdf", views.attestation, name="attestation"
    ),
    path(
        "engagement/missions/<int:pk>/attestation.pdf",
        views.attestation_mission,
        name="attestation_mission",
    ),
]
