"""Addresses of the outbox."""

from django.urls import URLPattern, path

from rappels import views

app_name = "rappels"

urlpatterns: list[URLPattern] = [
    path("rappels/", views.file_d_attente, name="file"),
    path("rappels/renvoyer/", views.renvoyer, name="renvoyer"),
    path("rappels/choix/<str:jeton>/", views.choix, name="choix"),
]
