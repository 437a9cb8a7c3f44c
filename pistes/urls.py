"""Addresses of this room."""

from django.urls import URLPattern

app_name = "pistes"

urlpatterns: list[URLPattern] = []
