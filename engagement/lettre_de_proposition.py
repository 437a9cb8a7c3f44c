"""The first words of a proposal: what the médiateur may change before anything leaves."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Besoin, Offre


def premiers_mots(besoin: "Besoin", offre: "Offre", par: "Utilisateur") -> str:
    """Two sentences that name neither the host nor a person, signed by who writes."""
    qui = par.nom or "La cellule"
    return (
        f"Je lis les offres de « {besoin.dispositif.nom} » et la vôtre, « {offre.titre} », m'a fait penser à un "
        f"besoin. Dites-moi ce que vous en pensez, même si c'est non.\n\n{qui}"
    )
