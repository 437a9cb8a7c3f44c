"""Addresses of this room."""

from django.urls import URLPattern

app_name = "tests_programme"

urlpatterns: list[URLPattern] = []
