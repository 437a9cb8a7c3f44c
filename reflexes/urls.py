"""Addresses of this room."""

from django.urls import URLPattern

app_name = "reflexes"

urlpatterns: list[URLPattern] = []
