"""Addresses of this room."""

from django.urls import URLPattern, path

from reflexes import views
from reflexes.views import (
    agregat,
    autodiagnostic,
    conduite,
    copie,
    copie_lignes,
    lecture,
    temoignages,
)

app_name = "reflexes"

urlpatterns: list[URLPattern] = [
    path("cartographie/", views.cartographie, name="cartographie"),
    path("cartographie/copies/<int:pk>/", copie.copie, name="copie"),
    path("cartographie/copies/<int:pk>/publier/", copie.publier, name="publier_version"),
    path("cartographie/copies/<int:pk>/abandonner/", copie.abandonner, name="abandonner_copie"),
    path(
        "cartographie/copies/<int:pk>/controverses/nouvelle/",
        copie_lignes.nouvelle_controverse,
        name="nouvelle_controverse",
    ),
    path(
        "cartographie/copies/<int:pk>/controverses/<int:ligne>/",
        copie_lignes.controverse,
        name="copie_controverse",
    ),
    path(
        "cartographie/copies/<int:pk>/terrains/nouveau/",
        copie_lignes.nouveau_terrain,
        name="nouveau_terrain",
    ),
    path(
        "cartographie/copies/<int:pk>/terrains/<int:ligne>/",
        copie_lignes.terrain,
        name="copie_terrain",
    ),
    path(
        "cartographie/copies/<int:pk>/<str:quoi>/<int:ligne>/retirer/",
        copie_lignes.retirer,
        name="copie_retirer",
    ),
    path("enquetes/", views.enquetes, name="enquetes"),
    path("enquetes/nouvelle/", conduite.nouvelle, name="nouvelle_enquete"),
    path("enquetes/<slug:cle>/", views.enquete, name="enquete"),
    path("enquetes/<slug:cle>/modifier/", conduite.modifier, name="modifier_enquete"),
    path("enquetes/<slug:cle>/participantes/", conduite.participantes, name="participantes"),
    path("enquetes/<slug:cle>/etapes/nouvelle/", conduite.nouvelle_etape, name="nouvelle_etape"),
    path("enquetes/<slug:cle>/etapes/<int:pk>/", conduite.etape, name="etape"),
    path(
        "enquetes/<slug:cle>/etapes/<int:pk>/supprimer/",
        conduite.supprimer_etape,
        name="supprimer_etape",
    ),
    path("enquetes/<slug:cle>/copie/", copie.ouvrir, name="ouvrir_copie"),
    path("enquetes/<slug:cle>/comparer/", views.comparer_versions, name="comparer"),
    path("enquetes/<slug:cle>/cartographie/<slug:code>/", views.version, name="version"),
    path(
        "enquetes/<slug:cle>/cartographie/<slug:a>/<slug:b>/", views.comparaison, name="comparaison"
    ),
    path(
        "enquetes/<slug:cle>/controverses/<slug:controverse>/",
        views.controverse,
        name="controverse",
    ),
    path("enquetes/<slug:cle>/terrains/<slug:terrain>/", views.terrain, name="terrain"),
    path("enquetes/<slug:cle>/temoigner/", temoignages.temoigner, name="temoigner"),
    path("enquetes/<slug:cle>/temoigner/<int:terrain>/", temoignages.deposer, name="deposer"),
    path("mes-temoignages/", temoignages.miens, name="mes_temoignages"),
    path("mes-temoignages/<int:pk>/corriger/", temoignages.corriger, name="corriger_temoignage"),
    path("mes-temoignages/<int:pk>/retirer/", temoignages.retirer, name="retirer_temoignage"),
    path("temoignages/a-lire/", lecture.a_lire, name="temoignages_a_lire"),
    path("temoignages/<int:pk>/", lecture.lire, name="lire_temoignage"),
    path(
        "temoignages/<int:pk>/publier/",
        lecture.decider,
        {"publie": True},
        name="publier_temoignage",
    ),
    path(
        "temoignages/<int:pk>/ecarter/",
        lecture.decider,
        {"publie": False},
        name="ecarter_temoignage",
    ),
    path("enquetes/<slug:cle>/autodiagnostic/", agregat.accueil, name="autodiagnostics"),
    path("enquetes/<slug:cle>/autodiagnostic/ensemble/", agregat.ensemble, name="ensemble"),
    path(
        "enquetes/<slug:cle>/autodiagnostic/<int:organisation>/",
        autodiagnostic.autodiagnostic,
        name="autodiagnostic",
    ),
    path(
        "enquetes/<slug:cle>/autodiagnostic/<int:organisation>/terrains/<int:terrain>/",
        autodiagnostic.repondre,
        name="repondre",
    ),
    path(
        "enquetes/<slug:cle>/autodiagnostic/<int:organisation>/soumettre/",
        autodiagnostic.soumettre,
        name="soumettre_autodiagnostic",
    ),
    path(
        "enquetes/<slug:cle>/autodiagnostic/<int:organisation>/reprendre/",
        autodiagnostic.reprendre,
        name="reprendre_autodiagnostic",
    ),
]
