"""What the cellule is told when a line changes hands: planned with the act, cancelled when it is undone."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from rappels import boite

if TYPE_CHECKING:
    from comptes.models import Utilisateur


def sujet(ligne: Any, quoi: str) -> str:
    """« aide_besoin:12 »."""
    return f"{quoi}_{ligne.sujet_du_guichet}"


def dire_confie(
    ligne: Any, *, par: "Utilisateur", a: "Utilisateur", mot: str, at: dt.datetime
) -> None:
    """To the colleague alone; the one before, handed over again, is not told any more."""
    boite.annuler(sujet=sujet(ligne, "confie"))
    boite.planifier(
        genre="guichet_confie",
        sujet=sujet(ligne, "confie"),
        destinataire=a.email,
        cle=f"guichet_confie:{ligne.sujet_du_guichet}:{a.pk}:{at.timestamp():.0f}",
        donnees={"par": str(par), "mot": mot, "a": a.pk},
    )


def dire_l_aide(ligne: Any, *, par: "Utilisateur", mot: str, at: dt.datetime) -> None:
    """To everybody else of the cellule."""
    mediations = ligne.dispositif.mediations.filter(jusqu_au=None, utilisateur__is_active=True)
    for mediation in mediations.exclude(utilisateur=par).select_related("utilisateur"):
        boite.planifier(
            genre="guichet_aide",
            sujet=sujet(ligne, "aide"),
            destinataire=mediation.utilisateur.email,
            cle=f"guichet_aide:{ligne.sujet_du_guichet}:{mediation.utilisateur_id}:{at.timestamp():.0f}",
            donnees={"par": str(par), "mot": mot},
        )


def taire_l_aide(ligne: Any) -> None:
    """Somebody has taken it: who has not been told yet is not told any more."""
    boite.annuler(sujet=sujet(ligne, "aide"), genres=["guichet_aide"])
