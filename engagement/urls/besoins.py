from django.urls import URLPattern, path

from engagement.views import besoin_creneaux, besoin_gestes, besoins, demander, suivre

urlpatterns: list[URLPattern] = [
    path("engagement/<int:pk>/demander/", demander.demander, name="demander"),
    path("engagement/<int:pk>/demander/envoye/", demander.demande_envoyee, name="demande_envoyee"),
    path(
        "engagement/<int:pk>/demander/pour-quelqu-un/", demander.demander_pour, name="demander_pour"
    ),
    path("engagement/<int:pk>/besoins/", besoins.besoins, name="besoins"),
    path(
        "engagement/besoins/confirmer/<str:jeton>/",
        suivre.confirmer_besoin,
        name="confirmer_besoin",
    ),
    path("engagement/besoins/suivre/<str:jeton>/", suivre.suivre_besoin, name="suivre_besoin"),
    path("engagement/besoins/<int:pk>/", besoins.besoin, name="besoin"),
    path("engagement/besoins/<int:pk>/qualifier/", besoin_gestes.qualifier, name="qualifier"),
    path(
        "engagement/besoins/<int:pk>/ecarter/", besoin_gestes.ecarter_besoin, name="ecarter_besoin"
    ),
    path("engagement/besoins/<int:pk>/clore/", besoin_gestes.clore_besoin, name="clore_besoin"),
    path(
        "engagement/besoins/<int:pk>/creneaux/",
        besoin_creneaux.creneaux_besoin,
        name="creneaux_besoin",
    ),
    path(
        "engagement/besoins/<int:pk>/places/", besoin_creneaux.changer_places, name="changer_places"
    ),
    path(
        "engagement/besoins/<int:pk>/creneaux/<int:creneau_pk>/retirer/",
        besoin_creneaux.retirer_creneau,
        name="retirer_creneau",
    ),
]
