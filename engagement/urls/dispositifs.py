from django.urls import URLPattern, path

from engagement.views import cellule, cloture, dispositifs, recits, reglage

urlpatterns: list[URLPattern] = [
    path("engagement/", dispositifs.dispositifs, name="dispositifs"),
    path("engagement/nouveau/", reglage.nouveau_dispositif, name="nouveau_dispositif"),
    path("engagement/<int:pk>/", dispositifs.dispositif, name="dispositif"),
    path("engagement/<int:pk>/ouvrir/", reglage.ouvrir_dispositif, name="ouvrir_dispositif"),
    path("engagement/<int:pk>/regles/", reglage.regler, name="regler"),
    path("engagement/<int:pk>/cellule/", cellule.cellule, name="cellule"),
    path(
        "engagement/<int:pk>/cellule/<int:mediation>/quitter/",
        cellule.quitter_la_cellule,
        name="quitter_la_cellule",
    ),
    path("engagement/<int:pk>/fermer/", cloture.clore_dispositif, name="clore_dispositif"),
    path("engagement/<int:pk>/recit/", recits.recit, name="recit"),
    path("engagement/<int:pk>/recit/ecrire/", recits.ecrire_recit, name="ecrire_recit"),
    path("engagement/<int:pk>/recit/mot/", recits.choisir_mot, name="choisir_mot"),
]
