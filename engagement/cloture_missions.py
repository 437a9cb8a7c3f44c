"""Missions and loans when their dispositif closes: each is brought to its return, none is broken off in silence."""

import datetime as dt
from typing import TYPE_CHECKING

from config.jours import jour_de
from engagement import missions
from rappels import boite

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import MiseEnRelation

# A return that was planned later than this after the last half-day comes nearer.
RETOUR = dt.timedelta(days=7)


def ramener(mise: "MiseEnRelation", par: "Utilisateur | None", at: dt.datetime) -> None:
    """To the agreed end, or to the last day that was chosen. Twice changes nothing."""
    if mise.etat_au(at) == mise.Etat.RETOUR:
        mise.revenir(cote="date", at=at)
    elif mise.est_un_pret:
        _ramener_le_pret(mise, par, at)
    elif (dernier := mise.dispositif.missions_jusqu_au) is not None:
        _arreter_apres(mise, dernier, par, at)


def _ramener_le_pret(mise: "MiseEnRelation", par: "Utilisateur | None", at: dt.datetime) -> None:
    """What has not left does not leave; what is out is asked back by the mail of the closing."""
    if mise.pret.etat == "prevu":
        _interrompre(mise, par, at)


def _arreter_apres(
    mise: "MiseEnRelation", dernier: dt.date, par: "Utilisateur | None", at: dt.datetime
) -> None:
    """Half-days after the last day are cancelled; a mission that has no other is interrupted."""
    mise._verrouiller()
    prises = mise.demi_journees.exclude(etat="annulee")
    apres = prises.filter(jour__gt=max(dernier, jour_de(at)))
    if not apres.exists():
        return
    if not prises.filter(jour__lte=dernier).exists():
        _interrompre(mise, par, at)
        return
    for demi_journee in apres:
        demi_journee._liberer()
    mise._noter("ecourter", f"Écourtée au {dernier:%d/%m/%Y} : le dispositif ferme", par=par, at=at)
    au_plus_tard = dernier + RETOUR
    if mise.retour_prevu_le is not None and mise.retour_prevu_le > au_plus_tard:
        mise.retour_prevu_le = au_plus_tard
        mise.save(update_fields=["retour_prevu_le"])
    missions.prevoir(mise, at=at)
    if mise.est_finie(at):
        mise.revenir(cote="date", at=at)


def _interrompre(mise: "MiseEnRelation", par: "Utilisateur | None", at: dt.datetime) -> None:
    dit = f"« {mise.dispositif.nom} » ferme avant que cela ait commencé."
    mise.interrompre(par=par, cote="cellule", motif=dit, prive="Le dispositif ferme.", at=at)
    boite.annuler(sujet=f"mise_en_relation:{mise.pk}")  # said once, by the mail of the closing
