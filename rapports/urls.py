"""Addresses of this room."""

from django.urls import URLPattern, path

from rapports import views

app_name = "rapports"

urlpatterns: list[URLPattern] = [
    path("exports/", views.exports, name="exports"),
    path("exports/<slug:quoi>.<slug:format>", views.export, name="export"),
]
