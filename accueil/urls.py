"""Addresses of this room."""

from django.urls import URLPattern, path

from accueil import views

app_name = "accueil"

urlpatterns: list[URLPattern] = [
    path("", views.accueil, name="accueil"),
    path("mon-espace/", views.mon_espace, name="mon_espace"),
    path("recherche/", views.recherche, name="recherche"),
    path("accessibilite/", views.accessibilite, name="accessibilite"),
    path("donnees-personnelles/", views.donnees_personnelles, name="donnees_personnelles"),
    path("mentions-legales/", views.mentions_legales, name="mentions_legales"),
    # Where collectors look for it, without a slash.
    path("metrics", views.metrics, name="metrics"),
    path("sante/", views.sante, name="sante"),
]
