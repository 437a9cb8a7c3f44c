"""All addresses of the site, by room. Everything needs a sign-in unless its view says otherwise."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("accueil.urls")),
    path("", include("reflexes.urls")),
    path("", include("pistes.urls")),
    path("", include("tests_programme.urls")),
    path("", include("engagement.urls")),
    path("", include("comptes.urls")),
    path("", include("rapports.urls")),
    path("", include("rappels.urls")),
    path("api/v1/", include("config.api")),
    path("compte/", include("allauth.urls")),
    path("administration/", admin.site.urls),
]

if settings.DEBUG or settings.TEST:
    from config import developpement

    urlpatterns += developpement.urlpatterns
