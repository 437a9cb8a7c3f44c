"""How somebody of a programme signs: by function and organisation, never by name."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from tests_programme.models import Programme

LONGUEUR = 160


def signature_de(user: "Utilisateur", programme: "Programme") -> str:
    """« responsable de l'accueil, Ville d'Orval ». Three queries at most."""
    lecture = programme.miroir.filter(utilisateur=user, retire_le=None).first()
    fonction = user.fonction or (lecture.fonction if lecture else "") or "une personne"
    return f"{fonction}, {_d_ou(user, programme, lecture is not None)}"[:LONGUEUR]


def _d_ou(user: "Utilisateur", programme: "Programme", lit: bool) -> str:
    siennes = user.adhesions.actives().filter(organisation__programmes=programme)
    adhesion = siennes.select_related("organisation").order_by("pk").first()
    if adhesion is not None:
        return str(adhesion.organisation)
    return "groupe miroir" if lit else "animation du programme"
