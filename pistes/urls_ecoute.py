"""Addresses of the écoute and of the annuaire."""

from django.urls import URLPattern, path

from pistes.views import accord_annuaire, annuaire, ecoute, rencontres

urlpatterns: list[URLPattern] = [
    path("ecoute/", ecoute.liste, name="ecoute"),
    path("ecoute/nouveau/", ecoute.nouveau, name="nouveau_cahier"),
    path("ecoute/<int:pk>/", ecoute.cahier, name="cahier"),
    path("ecoute/<int:pk>/modifier/", ecoute.modifier, name="modifier_cahier"),
    path("ecoute/<int:pk>/pistes/", ecoute.liens, name="liens_du_cahier"),
    path("ecoute/<int:pk>/visibilite/", ecoute.visibilite, name="visibilite_du_cahier"),
    path("ecoute/<int:pk>/synthese/", rencontres.synthese, name="synthese"),
    path("ecoute/<int:pk>/rencontres/", rencontres.nouvelle_rencontre, name="nouvelle_rencontre"),
    path("ecoute/<int:pk>/rencontres/<int:numero>/", rencontres.rencontre, name="rencontre"),
    path("annuaire/", annuaire.annuaire, name="annuaire"),
    path("annuaire/proposer/", annuaire.proposer, name="proposer_fiche"),
    path("annuaire/propositions/", annuaire.proposees, name="fiches_proposees"),
    path("annuaire/propositions/<int:pk>/retirer/", annuaire.retirer, name="retirer_fiche"),
    path("annuaire/accord/<str:jeton>/", accord_annuaire.accord, name="accord_annuaire"),
]
