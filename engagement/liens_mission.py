"""Where each side follows a mission: their page by link (engagement/liens.py), or the cellule's page."""

from typing import TYPE_CHECKING

from django.urls import reverse

from engagement.liens import jeton_de_conversation
from rappels.redaction import lien

if TYPE_CHECKING:
    from engagement.models import MiseEnRelation


def lien_de_mission(mise: "MiseEnRelation", cote: str) -> str:
    """The whole address, for a mail. A manager has no page: they are asked, told, and that is all."""
    if cote in ("personne", "accueil"):
        return lien(reverse("engagement:ma_mission", args=[jeton_de_conversation(mise, cote)]))
    return lien(reverse("engagement:mission", args=[mise.pk])) if cote == "cellule" else ""


def lien_de_bilan(mise: "MiseEnRelation", cote: str) -> str:
    """Where one side says how it went."""
    return lien(reverse("engagement:bilan_mission", args=[jeton_de_conversation(mise, cote)]))


def lien_d_attestation(mise: "MiseEnRelation") -> str:
    """Where the person takes their attestation."""
    return lien(reverse("rapports:attestation", args=[jeton_de_conversation(mise, "personne")]))
