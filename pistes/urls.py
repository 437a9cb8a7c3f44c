"""Addresses of this room."""

from django.urls import URLPattern, path

from pistes import urls_chantiers, urls_ecoute, views
from pistes.models import EditionOrientation, EditionPiste
from pistes.views import (
    carte,
    gestes,
    historique,
    imports,
    liens,
    livret,
    piece,
    propositions,
    rattachements,
    redaction_orientation,
)

app_name = "pistes"

urlpatterns: list[URLPattern] = [
    path("carte/", carte.carte, name="carte"),
    path("carte/carte.svg", carte.carte_svg, name="carte_svg"),
    path("carte/carte.png", carte.carte_png, name="carte_png"),
    path("pistes/", views.liste, name="liste"),
    path("pistes/brouillons/", views.brouillons, name="brouillons"),
    path("pistes/brouillons/<int:pk>/", views.brouillon, name="brouillon"),
    *[
        path(
            f"pistes/brouillons/<int:pk>/{action}/",
            gestes.agir,
            {"action": action, "modele": EditionPiste},
            name=f"{action}_texte" if action != "publier" else "publier",
        )
        for action in gestes.FAITS
    ],
    path(
        "pistes/brouillons/orientations/<int:pk>/",
        views.brouillon_orientation,
        name="brouillon_orientation",
    ),
    *[
        path(
            f"pistes/brouillons/orientations/<int:pk>/{action}/",
            gestes.agir,
            {"action": action, "modele": EditionOrientation},
            name=f"{action}_texte_orientation" if action != "publier" else "publier_orientation",
        )
        for action in gestes.FAITS
    ],
    path("pistes/propositions/", propositions.liste, name="propositions"),
    path("pistes/propositions/<int:pk>/", propositions.proposition, name="proposition"),
    path(
        "pistes/propositions/<int:pk>/accepter/",
        propositions.repondre,
        {"accepte": True},
        name="accepter_proposition",
    ),
    path(
        "pistes/propositions/<int:pk>/refuser/",
        propositions.repondre,
        {"accepte": False},
        name="refuser_proposition",
    ),
    path("pistes/mes-propositions/", propositions.miennes, name="mes_propositions"),
    path("pistes/liens/", liens.liens, name="liens"),
    path("pistes/imports/", imports.imports, name="imports"),
    path("pistes/imports/<int:pk>/", imports.importation, name="importation"),
    path("pistes/imports/<int:pk>/reste/", imports.reste, name="importer_le_reste"),
    path("pistes/imports/<int:pk>/<int:rang>/", piece.piece, name="piece"),
    *[
        path(
            f"pistes/imports/<int:pk>/<int:rang>/{action}/",
            piece.agir,
            {"action": action},
            name=f"{action}_piece",
        )
        for action in ("ecarter", "reprendre")
    ],
    *urls_chantiers.urlpatterns,
    *urls_ecoute.urlpatterns,
    path("pistes/<slug:slug>/", views.piste, name="piste"),
    path("pistes/<slug:slug>/modifier/", views.modifier, name="modifier"),
    path("pistes/<slug:slug>/terrains/", rattachements.terrains, name="terrains"),
    path("pistes/<slug:slug>/historique/", historique.historique, name="historique"),
    path("pistes/<slug:slug>/proposer/", propositions.proposer, name="proposer"),
    path("orientations/<slug:slug>/", views.orientation, name="orientation"),
    path("orientations/<slug:slug>/livret/", livret.livret, name="livret"),
    path(
        "orientations/<slug:slug>/modifier/",
        redaction_orientation.modifier_orientation,
        name="modifier_orientation",
    ),
    path(
        "orientations/<slug:slug>/historique/",
        historique.historique_orientation,
        name="historique_orientation",
    ),
    path("mots-cles/<slug:slug>/", views.mot_cle, name="mot_cle"),
    path("recueils/<slug:cle>/", views.recueil, name="recueil"),
]
