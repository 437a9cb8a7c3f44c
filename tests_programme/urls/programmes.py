"""The programmes, their sessions, their panorama, their groupe miroir; the calendars one subscribes to."""

from django.urls import URLPattern, path

from tests_programme import views
from tests_programme.views import (
    agendas,
    commentaires,
    documents_seance,
    miroir,
    panorama,
    programme_mene,
    seances,
)

urlpatterns: list[URLPattern] = [
    path("programmes/", views.programmes, name="programmes"),
    path("programmes/nouveau/", programme_mene.nouveau_programme, name="nouveau_programme"),
    path("programmes/<slug:cle>/", views.programme, name="programme"),
    path(
        "programmes/<slug:cle>/modifier/",
        programme_mene.modifier_programme,
        name="modifier_programme",
    ),
    path("programmes/<slug:cle>/panorama/", panorama.panorama, name="panorama"),
    path(
        "programmes/<slug:cle>/seances/nouvelle/", seances.nouvelle_seance, name="nouvelle_seance"
    ),
    path("programmes/<slug:cle>/seances/<int:rang>/", seances.seance, name="seance"),
    path(
        "programmes/<slug:cle>/seances/<int:rang>/modifier/",
        seances.modifier_seance,
        name="modifier_seance",
    ),
    path(
        "programmes/<slug:cle>/seances/<int:rang>/annuler/",
        seances.annuler_seance,
        name="annuler_seance",
    ),
    path("programmes/<slug:cle>/groupe-miroir/", miroir.miroir, name="miroir"),
    path(
        "programmes/<slug:cle>/groupe-miroir/inviter/", miroir.inviter_miroir, name="inviter_miroir"
    ),
    path(
        "programmes/<slug:cle>/groupe-miroir/<int:pk>/renvoyer/",
        miroir.renvoyer_miroir,
        name="renvoyer_miroir",
    ),
    path(
        "programmes/<slug:cle>/groupe-miroir/<int:pk>/retirer/",
        miroir.retirer_miroir,
        name="retirer_miroir",
    ),
    path("miroir/<slug:jeton>/", miroir.invitation_miroir, name="invitation_miroir"),
    path("programmes/<slug:cle>/commenter/", commentaires.commenter, name="commenter"),
    path("tests/<int:pk>/commentaires/", commentaires.commentaires, name="commentaires"),
    path(
        "commentaires/<int:pk>/retirer/",
        commentaires.retirer_commentaire,
        name="retirer_commentaire",
    ),
    path("agendas/", agendas.agendas, name="agendas"),
    path("agendas/<slug:jeton>.ics", agendas.flux_agenda, name="flux_agenda"),
    path("agendas/<int:pk>/couper/", agendas.couper_agenda, name="couper_agenda"),
    path(
        "programmes/<slug:cle>/seances/<int:rang>/documents/",
        documents_seance.ajouter_document,
        name="ajouter_document",
    ),
    path(
        "programmes/<slug:cle>/seances/<int:rang>/documents/<int:pk>/",
        documents_seance.document_seance,
        name="document_seance",
    ),
    path(
        "programmes/<slug:cle>/seances/<int:rang>/documents/<int:pk>/retirer/",
        documents_seance.retirer_document,
        name="retirer_document",
    ),
]
