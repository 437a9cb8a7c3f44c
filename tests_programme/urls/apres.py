"""After a test: second reading, suites, late évaluations, lessons, lineage."""

from django.urls import URLPattern, path

from tests_programme import views
from tests_programme.views import appuis, enseignements, lignee, perennite, retards

urlpatterns: list[URLPattern] = [
    path("tests/en-retard/", retards.en_retard, name="en_retard"),
    path("tests/<int:pk>/evaluation/soumettre/", views.soumettre, name="soumettre"),
    path("tests/<int:pk>/evaluation/rendre/", views.rendre, name="rendre"),
    path("tests/<int:pk>/perennite/", perennite.perennite, name="perennite"),
    path("tests/<int:pk>/controverses/", appuis.appuis, name="appuis"),
    path("tests/<int:pk>/lignee/", lignee.lignee, name="lignee"),
    path("enseignements/", enseignements.enseignements, name="enseignements"),
]
