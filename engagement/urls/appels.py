from django.urls import URLPattern, path

from engagement.views import appeler, fiches_appels, import_appels, listes_appels

urlpatterns: list[URLPattern] = [
    path("engagement/<int:pk>/appels/", listes_appels.listes_appels, name="listes_appels"),
    path(
        "engagement/<int:pk>/appels/nouvelle/",
        listes_appels.nouvelle_liste_appels,
        name="nouvelle_liste_appels",
    ),
    path("engagement/appels/<int:pk>/", listes_appels.liste_appels, name="liste_appels"),
    path(
        "engagement/appels/<int:pk>/modifier/",
        listes_appels.modifier_liste_appels,
        name="modifier_liste_appels",
    ),
    path(
        "engagement/appels/<int:pk>/importer/",
        import_appels.importer_appels,
        name="importer_appels",
    ),
    path(
        "engagement/appels/<int:pk>/lignes-refusees.csv",
        import_appels.lignes_refusees,
        name="lignes_refusees",
    ),
    path(
        "engagement/appels/<int:pk>/chiffres.csv",
        listes_appels.chiffres_appels_csv,
        name="chiffres_appels",
    ),
    path(
        "engagement/appels/<int:pk>/reprendre/",
        listes_appels.reprendre_appels,
        name="reprendre_appels",
    ),
    path(
        "engagement/appels/<int:pk>/effacer/",
        listes_appels.effacer_liste_appels,
        name="effacer_liste_appels",
    ),
    path("engagement/appels/fiches/<int:pk>/", fiches_appels.fiche_appel, name="fiche_appel"),
    path(
        "engagement/appels/transmettre/<int:pk>/",
        fiches_appels.transmettre_appel,
        name="transmettre_appel",
    ),
    path("engagement/appeler/<str:jeton>/", appeler.appeler, name="appeler"),
]
