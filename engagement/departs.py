"""An account goes: what the person offered or asked at the desks is forgotten with it."""

from typing import TYPE_CHECKING

from comptes.departs import au_depart
from comptes.refus import DecisionImpossible
from engagement.refus import ActionRefusee

if TYPE_CHECKING:
    from comptes.models import Utilisateur


@au_depart
def oublier(user: "Utilisateur") -> None:
    """In every dispositif. Raises DecisionImpossible while something lent is still out."""
    from engagement.models import Personne

    for personne in Personne.objects.filter(utilisateur=user, effacee_le=None).order_by("pk"):
        try:
            personne.effacer()
        except ActionRefusee as refus:
            raise DecisionImpossible(f"« {personne.dispositif} » : {refus}") from refus
