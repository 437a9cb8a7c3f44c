"""Addresses of this room."""

from django.urls import URLPattern, path

from accueil.views.sante import sante

app_name = "accueil"

urlpatterns: list[URLPattern] = [
    path("sante/", sante, name="sante"),
]
