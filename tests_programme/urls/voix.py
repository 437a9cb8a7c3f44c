"""The questionnaire, its answers, the voices."""

from django.urls import URLPattern, path

from tests_programme.views import etiquettes, questionnaire, repondre, voix

urlpatterns: list[URLPattern] = [
    path("v/<str:jeton>/", repondre.repondre, name="repondre"),
    path("v/<str:jeton>/merci/<uuid:cle>/", repondre.merci, name="merci"),
    path("tests/<int:pk>/questionnaire/", questionnaire.questionnaire, name="questionnaire"),
    path("tests/<int:pk>/questionnaire/jeu/", questionnaire.ajouter_jeu, name="ajouter_jeu"),
    path(
        "tests/<int:pk>/questionnaire/fermer/",
        questionnaire.fermer_questionnaire,
        name="fermer_questionnaire",
    ),
    path(
        "tests/<int:pk>/questionnaire/nouveau-lien/",
        questionnaire.renouveler_lien,
        name="renouveler_lien",
    ),
    path(
        "tests/<int:pk>/questionnaire/questions/<int:ligne>/masquer/",
        questionnaire.masquer_question,
        name="masquer_question",
    ),
    path("tests/<int:pk>/voix/", voix.voix, name="voix"),
    path("tests/<int:pk>/voix/textes/", voix.textes, name="textes"),
    path("tests/<int:pk>/voix/nouvelle/", voix.nouvelle_voix, name="nouvelle_voix"),
    path("tests/<int:pk>/voix/<int:ligne>/etiqueter/", etiquettes.etiqueter, name="etiqueter"),
    path(
        "tests/<int:pk>/voix/textes/<int:ligne>/etiqueter/",
        etiquettes.etiqueter_texte,
        name="etiqueter_texte",
    ),
    path("tests/<int:pk>/voix/<int:ligne>/retirer/", voix.retirer_voix, name="retirer_voix"),
    path("tests/<int:pk>/paroles/", voix.paroles, name="paroles"),
]
