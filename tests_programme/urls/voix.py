"""The questionnaire, its answers, the voices."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
