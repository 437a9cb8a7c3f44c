"""After a test: second reading, suites, late évaluations, lessons, lineage."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
