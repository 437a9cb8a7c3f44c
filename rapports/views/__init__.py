"""Views of this room, one file a subject."""

from rapports.views.affiches import affiche, affiche_voix, affiches
from rapports.views.attestations import attestation, attestation_mission
from rapports.views.exports import dictionnaire_des_colonnes, export, exports
from rapports.views.guichet import guichet
from rapports.views.preparation import annuler, fichier, preparer, relancer, suivi

__all__ = [
    "affiche",
    "affiche_voix",
    "affiches",
    "annuler",
    "attestation",
    "attestation_mission",
    "dictionnaire_des_colonnes",
    "export",
    "exports",
    "fichier",
    "guichet",
    "preparer",
    "relancer",
    "suivi",
]
