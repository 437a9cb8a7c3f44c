"""Views of this room, one file a subject."""

from rapports.views.affiches import affiche, affiche_voix, affiches
from rapports.views.attestations import attestation, attestation_mission
from rapports.views.exports import EXPORTS, export, exports
from rapports.views.guichet import guichet

__all__ = [
    "EXPORTS",
    "affiche",
    "affiche_voix",
    "affiches",
    "attestation",
    "attestation_mission",
    "export",
    "exports",
    "guichet",
]
