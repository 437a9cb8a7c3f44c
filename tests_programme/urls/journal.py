"""The journal de bord, the regular points, the thread with the animation."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
