"""The list of tests, a test and its life, the accords."""

from django.urls import URLPattern, path

from tests_programme import views
from tests_programme.views import matrice, renvoi

urlpatterns: list[URLPattern] = [
    path("tests/", views.liste, name="liste"),
    path("tests/nouveau/", views.nouveau, name="nouveau"),
    path("tests/<int:pk>/", views.test, name="test"),
    path("tests/<int:pk>/agenda.ics", views.agenda, name="agenda"),
    path("tests/<int:pk>/preparer/<slug:etape>/", views.etape, name="etape"),
    path("tests/<int:pk>/matrice/", matrice.matrice, name="matrice"),
    path("tests/<int:pk>/demander-accords/", views.demander_accords, name="demander_accords"),
    path(
        "tests/<int:pk>/accords/<int:accord>/renvoyer/",
        renvoi.renvoyer_accord,
        name="renvoyer_accord",
    ),
    path("tests/<int:pk>/demarrer/", views.demarrer, name="demarrer"),
    path("tests/<int:pk>/renoncer/", views.renoncer, name="renoncer"),
    path("tests/<int:pk>/arreter/", views.arreter, name="arreter"),
    path("tests/<int:pk>/prolongation/", views.prolongation, name="prolongation"),
    path("tests/<int:pk>/prolonger/", views.prolonger, name="prolonger"),
    path("tests/<int:pk>/iterer/", views.iterer, name="iterer"),
    path("tests/<int:pk>/s-inspirer/", views.s_inspirer, name="s_inspirer"),
    path("tests/<int:pk>/evaluation/", views.evaluation, name="evaluation"),
    path("tests/<int:pk>/evaluation/publier/", views.publier, name="publier"),
    path(
        "tests/<int:pk>/enseignements/<int:ligne>/retirer/",
        views.retirer_enseignement,
        name="retirer_enseignement",
    ),
    path("accords/<str:jeton>/", views.accord, name="accord"),
]
