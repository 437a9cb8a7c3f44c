"""Addresses of this room."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from rapports import flux, views
from rapports.views import ouvertes

app_name = "rapports"


def _ouvert(vue: Any) -> Any:
    """For everybody, and only read."""
    return login_not_required(require_safe(vue))


urlpatterns: list[URLPattern] = [
    path("exports/", views.exports, name="exports"),
    path("exports/<slug:quoi>.<slug:format>", views.export, name="export"),
    path("exports/<slug:quoi>.<slug:format>/preparer/", views.preparer, name="preparer"),
    path("exports/<slug:quoi>/colonnes/", views.dictionnaire_des_colonnes, name="dictionnaire"),
    path("exports/suivi/<uuid:reference>/", views.suivi, name="suivi"),
    path("exports/suivi/<uuid:reference>/annuler/", views.annuler, name="annuler"),
    path("exports/suivi/<uuid:reference>/relancer/", views.relancer, name="relancer"),
    path("exports/suivi/<uuid:reference>/fichier", views.fichier, name="fichier"),
    path("donnees-ouvertes/", ouvertes.donnees_ouvertes, name="donnees_ouvertes"),
    path("donnees-ouvertes/catalogue.jsonld", ouvertes.catalogue_dcat, name="catalogue_dcat"),
    path(
        "donnees-ouvertes/<slug:cle>.<slug:format>", ouvertes.donnee_ouverte, name="donnee_ouverte"
    ),
    path("flux/pistes.atom", _ouvert(flux.FluxPistes()), name="flux_pistes"),
    path("flux/tests.atom", _ouvert(flux.FluxTests()), name="flux_tests"),
    path(
        "flux/enseignements.atom",
        _ouvert(flux.FluxEnseignements()),
        name="flux_enseignements",
    ),
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
