from django.urls import URLPattern, path

from engagement.views import guichet as desk
from engagement.views import historique as histoire
from engagement.views import paniers

urlpatterns: list[URLPattern] = [
    path("engagement/guichets/", desk.guichets, name="guichets"),
    path("engagement/<int:pk>/guichet/", desk.guichet, name="guichet"),
    path(
        "engagement/<int:pk>/guichet/offres-regardees/", paniers.regarder, name="offres_regardees"
    ),
    path("engagement/<int:pk>/guichet/<slug:bac>/", desk.liste_guichet, name="liste_guichet"),
    path("engagement/<int:pk>/historique/", histoire.historique, name="historique"),
    path("engagement/paniers/<slug:quoi>/<int:pk>/", paniers.panier, name="panier"),
    path("engagement/paniers/<slug:quoi>/<int:pk>/prendre/", paniers.prendre, name="prendre"),
]
