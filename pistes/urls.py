"""Addresses of this room."""

from django.urls import URLPattern, path

from pistes import views

app_name = "pistes"

urlpatterns: list[URLPattern] = [
    path("pistes/", views.liste, name="liste"),
    path("pistes/brouillons/", views.brouillons, name="brouillons"),
    path("pistes/brouillons/<int:pk>/", views.brouillon, name="brouillon"),
    path("pistes/brouillons/<int:pk>/publier/", views.publier, name="publier"),
    path(
        "pistes/brouillons/orientations/<int:pk>/",
        views.brouillon_orientation,
        name="brouillon_orientation",
    ),
    path(
        "pistes/brouillons/orientations/<int:pk>/publier/",
        views.publier_orientation,
        name="publier_orientation",
    ),
    path("pistes/<slug:slug>/", views.piste, name="piste"),
    path("pistes/<slug:slug>/modifier/", views.modifier, name="modifier"),
    path("orientations/<slug:slug>/", views.orientation, name="orientation"),
    path("mots-cles/<slug:slug>/", views.mot_cle, name="mot_cle"),
    path("recueils/<slug:cle>/", views.recueil, name="recueil"),
]
