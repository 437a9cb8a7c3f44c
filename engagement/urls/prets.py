from django.urls import URLPattern, path

from engagement.views import prets

urlpatterns: list[URLPattern] = [
    path("engagement/prets/<int:pk>/", prets.pret, name="pret"),
    path("engagement/prets/photos/<int:pk>/", prets.photo_pret, name="photo_pret"),
    path("engagement/mon-pret/<str:jeton>/", prets.mon_pret, name="mon_pret"),
    path(
        "engagement/mon-pret/<str:jeton>/photos/<int:pk>/",
        prets.photo_de_mon_pret,
        name="photo_de_mon_pret",
    ),
    path("engagement/offres/<int:pk>/calendrier/", prets.calendrier_objet, name="calendrier_objet"),
]
