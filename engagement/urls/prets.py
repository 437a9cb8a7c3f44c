from django.urls import URLPattern, path

from engagement.views import prets

urlpatterns: list[URLPattern] = [
    path("engagement/prets/<int:pk>/", prets.pret, name="pret"),
    path("engagement/prets/<int:pk>/prolonger/", prets.prolonger_pret, name="prolonger_pret"),
    path("engagement/prets/photos/<int:pk>/", prets.photo_pret, name="photo_pret"),
    path("engagement/offres/<int:pk>/calendrier/", prets.calendrier_objet, name="calendrier_objet"),
]
