"""Addresses of this room."""

from django.urls import URLPattern, path

from rapports import views

app_name = "rapports"

urlpatterns: list[URLPattern] = [
    path("exports/", views.exports, name="exports"),
    path("exports/<slug:quoi>.<slug:format>", views.export, name="export"),
    path("exports/<slug:quoi>.<slug:format>/preparer/", views.preparer, name="preparer"),
    path("exports/<slug:quoi>/colonnes/", views.dictionnaire_des_colonnes, name="dictionnaire"),
    path("exports/suivi/<uuid:reference>/", views.suivi, name="suivi"),
    path("exports/suivi/<uuid:reference>/annuler/", views.annuler, name="annuler"),
    path("exports/suivi/<uuid:reference>/relancer/", views.relancer, name="relancer"),
    path("exports/suivi/<uuid:reference>/fichier", views.fichier, name="fichier"),
    path("tests/<int:pk>/affiches/", views.affiches, name="affiches"),
    path("tests/<int:pk>/affiche.pdf", views.affiche, name="affiche"),
    path("tests/<int:pk>/affiche-voix.pdf", views.affiche_voix, name="affiche_voix"),
]
