"""Views of this room, one file a subject."""

from rapports.views.affiches import affiche, affiche_voix, affiches
from rapports.views.exports import dictionnaire_des_colonnes, export, exports
from rapports.views.preparation import annuler, fichier, preparer, relancer, suivi

__all__ = [
    "affiche",
    "affiche_voix",
    "affiches",
    "annuler",
    "dictionnaire_des_colonnes",
    "export",
    "exports",
    "fichier",
    "preparer",
    "relancer",
    "suivi",
]
