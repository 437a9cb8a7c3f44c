"""Addresses of the chantiers, the crash tests and the library of crises."""

from django.urls import URLPattern, path

from pistes.views import chantiers, crash_tests, panorama, scenarios

urlpatterns: list[URLPattern] = [
    path("chantiers/", panorama.panorama, name="chantiers"),
    path("chantiers/nouveau/", chantiers.nouveau, name="nouveau_chantier"),
    path("chantiers/<int:pk>/", chantiers.chantier, name="chantier"),
    path("chantiers/<int:pk>/modifier/", chantiers.modifier, name="modifier_chantier"),
    path("chantiers/<int:pk>/liens/", panorama.liens, name="liens_du_chantier"),
    path("chantiers/<int:pk>/visibilite/", chantiers.visibilite, name="visibilite_du_chantier"),
    path(
        "chantiers/<int:pk>/etat/<slug:action>/", chantiers.changer_d_etat, name="etat_du_chantier"
    ),
    path(
        "chantiers/<int:pk>/crash-test/<slug:cle>/",
        crash_tests.essayer_chantier,
        name="essayer_chantier",
    ),
    path(
        "pistes/<slug:slug>/crash-test/<slug:cle>/", crash_tests.essayer_piste, name="essayer_piste"
    ),
    path("crash-tests/", crash_tests.crash_tests, name="crash_tests"),
    path("crash-tests/crises/", scenarios.scenarios, name="scenarios"),
    path("crash-tests/crises/nouvelle/", scenarios.nouveau, name="nouveau_scenario"),
    path("crash-tests/crises/<slug:cle>/modifier/", scenarios.modifier, name="modifier_scenario"),
    path("crash-tests/<int:pk>/", crash_tests.crash_test, name="crash_test"),
    path("crash-tests/<int:pk>/modifier/", crash_tests.modifier, name="modifier_crash_test"),
]
