"""Views of this room, one file a subject."""

from rapports.views.affiches import affiche, affiche_voix, affiches
from rapports.views.exports import EXPORTS, export, exports

__all__ = ["EXPORTS", "affiche", "affiche_voix", "affiches", "export", "exports"]
