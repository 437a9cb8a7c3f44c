from django.urls import URLPattern, path

from engagement.views import ma_mission, missions

urlpatterns: list[URLPattern] = [
    path("engagement/missions/<int:pk>/", missions.mission, name="mission"),
    path(
        "engagement/missions/<int:pk>/demi-journees/<int:numero>/",
        missions.demi_journee,
        name="demi_journee",
    ),
    path("engagement/missions/<int:pk>/points/", missions.point_de_suivi, name="point_de_suivi"),
    path(
        "engagement/missions/<int:pk>/prochain-point/",
        missions.prochain_point,
        name="prochain_point",
    ),
    path(
        "engagement/missions/<int:pk>/interrompre/",
        missions.interrompre_mission,
        name="interrompre_mission",
    ),
    path("engagement/missions/<int:pk>/retour/", missions.retour_mission, name="retour_mission"),
    path("engagement/missions/<int:pk>/fin/", missions.finir_mission, name="finir_mission"),
    path("engagement/ma-mission/<str:jeton>/", ma_mission.ma_mission, name="ma_mission"),
    path(
        "engagement/ma-mission/<str:jeton>/demi-journees/<int:numero>/",
        ma_mission.ma_demi_journee,
        name="ma_demi_journee",
    ),
    path(
        "engagement/ma-mission/<str:jeton>/arreter/",
        ma_mission.arreter_ma_mission,
        name="arreter_ma_mission",
    ),
    path(
        "engagement/ma-mission/<str:jeton>/bilan/", ma_mission.bilan_mission, name="bilan_mission"
    ),
]
