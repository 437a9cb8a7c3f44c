"""The programmes."""

from django.urls import URLPattern, path

from tests_programme import views

urlpatterns: list[URLPattern] = [
    path("programmes/", views.programmes, name="programmes"),
    path("programmes/<slug:cle>/", views.programme, name="programme"),
]
