"""Addresses of this room."""

from django.urls import URLPattern

app_name = "rapports"

urlpatterns: list[URLPattern] = []
