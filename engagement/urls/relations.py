from django.urls import URLPattern, path

from engagement.views import par_lien, relations

urlpatterns: list[URLPattern] = [
    path(
        "engagement/mises-en-relation/<int:pk>/",
        relations.mise_en_relation,
        name="mise_en_relation",
    ),
    path("engagement/mises-en-relation/<int:pk>/lettre/", relations.lettre, name="lettre"),
    path("engagement/conversation/<str:jeton>/", par_lien.conversation, name="conversation"),
    path("engagement/accord/<str:jeton>/", par_lien.accord, name="accord"),
    path("engagement/attente/<str:jeton>/", par_lien.attente, name="attente"),
]
