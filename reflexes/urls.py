"""Addresses of this room."""

from django.urls import URLPattern, path

from reflexes import views

app_name = "reflexes"

urlpatterns: list[URLPattern] = [
    path("cartographie/", views.cartographie, name="cartographie"),
    path("enquetes/<slug:cle>/", views.enquete, name="enquete"),
    path("enquetes/<slug:cle>/cartographie/<slug:code>/", views.version, name="version"),
    path(
        "enquetes/<slug:cle>/cartographie/<slug:code>/publier/",
        views.publier,
        name="publier_version",
    ),
    path(
        "enquetes/<slug:cle>/cartographie/<slug:a>/<slug:b>/", views.comparaison, name="comparaison"
    ),
    path(
        "enquetes/<slug:cle>/controverses/<slug:controverse>/",
        views.controverse,
        name="controverse",
    ),
    path("enquetes/<slug:cle>/terrains/<slug:terrain>/", views.terrain, name="terrain"),
]
