"""The router of the API, version 1: each room brings its read-only views."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from pistes import api as pistes
from pistes import api_chantiers as chantiers
from reflexes import api as reflexes
from reflexes import api_temoignages as temoignages
from tests_programme.api import enregistrer as enregistrer_les_tests

router = SimpleRouter()
router.register("enquetes", reflexes.EnqueteViewSet, basename="enquete")
router.register("versions", reflexes.VersionViewSet, basename="version")
router.register("controverses", reflexes.ControverseViewSet, basename="controverse")
router.register("terrains", reflexes.TerrainViewSet, basename="terrain")
router.register("temoignages", temoignages.TemoignageViewSet, basename="temoignage")
router.register("recueils", pistes.RecueilViewSet, basename="recueil")
router.register("orientations", pistes.OrientationViewSet, basename="orientation")
router.register("pistes", pistes.PisteViewSet, basename="piste")
router.register("chantiers", chantiers.ChantierViewSet, basename="chantier")
router.register("crises", chantiers.ScenarioViewSet, basename="crise")
router.register("crash-tests", chantiers.CrashTestViewSet, basename="crash-test")
enregistrer_les_tests(router)

app_name = "api"

urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", login_not_required(SpectacularAPIView.as_view()), name="schema"),
    path(
        "docs/",
        login_not_required(
            SpectacularSwaggerSplitView.as_view(
                url_name="api:schema",
                template_name="api/docs.html",
                title="API de Réflexes publics",
            )
        ),
        name="docs",
    ),
    *router.urls,
]
