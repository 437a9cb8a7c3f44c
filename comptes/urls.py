"""Addresses of this room."""

from django.urls import URLPattern, path

from comptes import views

app_name = "comptes"

urlpatterns: list[URLPattern] = [
    path("mon-compte/", views.mon_compte, name="mon_compte"),
    path("mon-compte/supprimer/", views.supprimer_compte, name="supprimer_compte"),
    path("mon-compte/rappels/", views.choisir_les_rappels, name="rappels"),
    path("mon-compte/jetons/", views.jetons, name="jetons"),
    path("mon-compte/jetons/<int:pk>/couper/", views.couper_jeton, name="couper_jeton"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/nouvelle/", views.nouvelle, name="nouvelle"),
    path("organisations/<int:pk>/", views.organisation, name="organisation"),
    path("organisations/<int:pk>/valider/", views.valider, name="valider"),
    path("organisations/<int:pk>/rejoindre/", views.rejoindre, name="rejoindre"),
    path("organisations/<int:pk>/membres/", views.membres, name="membres"),
    path("organisations/<int:pk>/inviter/", views.inviter, name="inviter"),
    path("adhesions/<int:pk>/accepter/", views.accepter, name="accepter"),
    path("adhesions/<int:pk>/refuser/", views.refuser, name="refuser"),
    path("adhesions/<int:pk>/role/", views.changer_role, name="changer_role"),
    path("adhesions/<int:pk>/terminer/", views.terminer, name="terminer"),
    path("invitations/<int:pk>/renvoyer/", views.renvoyer, name="renvoyer"),
    path("invitations/<int:pk>/annuler/", views.annuler, name="annuler"),
    path("invitations/<str:jeton>/", views.invitation, name="invitation"),
]
