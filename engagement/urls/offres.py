from django.urls import URLPattern, path

from engagement.views import (
    mes_donnees,
    moi,
    offres,
    offrir,
    personnes,
    photos,
    tableaux_d_offres,
    tiers,
)

urlpatterns: list[URLPattern] = [
    path("engagement/<int:pk>/offrir/", offrir.offrir, name="offrir"),
    path("engagement/<int:pk>/offrir/recue/", offrir.offre_recue, name="offre_recue"),
    path("engagement/<int:pk>/offres/", offres.offres, name="offres"),
    path("engagement/<int:pk>/offres/ecrire/", offrir.saisir_offre, name="saisir_offre"),
    path(
        "engagement/<int:pk>/offres/importer/",
        tableaux_d_offres.importer_offres,
        name="importer_offres",
    ),
    path(
        "engagement/<int:pk>/offres/importer/modele/",
        tableaux_d_offres.modele_offres,
        name="modele_offres",
    ),
    path(
        "engagement/<int:pk>/offres/importer/a-corriger/",
        tableaux_d_offres.lignes_a_corriger,
        name="lignes_a_corriger",
    ),
    path("engagement/offres/<int:pk>/", offres.offre, name="offre"),
    path("engagement/offres/<int:pk>/changer/", offres.modifier_offre, name="modifier_offre"),
    path("engagement/offres/<int:pk>/terminer/", offres.terminer_offre, name="terminer_offre"),
    path("engagement/offres/<int:pk>/papier/", offres.papier_offre, name="papier_offre"),
    path("engagement/offres/photos/<int:pk>/", photos.photo_offre, name="photo_offre"),
    path("engagement/personnes/<int:pk>/", personnes.personne, name="personne"),
    path(
        "engagement/personnes/<int:pk>/corriger/",
        personnes.corriger_personne,
        name="corriger_personne",
    ),
    path(
        "engagement/personnes/<int:pk>/effacer/",
        personnes.effacer_personne,
        name="effacer_personne",
    ),
    path(
        "engagement/accords/<str:jeton>/mes-donnees/",
        tiers.donnees_d_un_tiers,
        name="donnees_d_un_tiers",
    ),
    path("engagement/moi/<str:jeton>/", moi.mon_engagement, name="mon_engagement"),
    path("engagement/moi/<str:jeton>/offres/<int:pk>/", moi.mon_offre, name="mon_offre"),
    path("engagement/moi/<str:jeton>/photos/<int:pk>/", moi.ma_photo, name="ma_photo"),
    path(
        "engagement/moi/<str:jeton>/coordonnees/",
        mes_donnees.mes_coordonnees,
        name="mes_coordonnees",
    ),
    path("engagement/moi/<str:jeton>/tout/", mes_donnees.mes_donnees, name="mes_donnees"),
    path(
        "engagement/moi/<str:jeton>/effacer/",
        mes_donnees.effacer_mes_donnees,
        name="effacer_mes_donnees",
    ),
]
