"""The router of the API, version 1: each room brings its read-only views."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
